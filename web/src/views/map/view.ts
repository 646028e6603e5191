import type { ViewDefinition } from '../../lib/views';

export const view: ViewDefinition = {
  id: 'map',
  order: 30,
  icon: 'M9 4L3.5 6.2v13.6L9 17.6l6 2.4 5.5-2.2V4.2L15 6.4 9 4zM9 4v13.6M15 6.4V20',
  load: () => import('./MapView.svelte'),
  dockable: true,
  inspector: true,
  filtered: true,
};
