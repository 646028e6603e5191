import type { ViewDefinition } from '../../lib/views';

export const view: ViewDefinition = {
  id: 'graph',
  order: 50,
  icon: 'M4 5h6v4H4zM14 10h6v4h-6zM4 15h6v4H4zM10 7h2v5h2M10 17h2v-5',
  load: () => import('./GraphView.svelte'),
  dockable: true,
  inspector: true,
  filtered: false,
};
