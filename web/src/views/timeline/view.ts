import type { ViewDefinition } from '../../lib/views';

export const view: ViewDefinition = {
  id: 'timeline',
  order: 40,
  icon: 'M3 6.5h9M8 12h10M5 17.5h6M3 21h18M16 5.2l1.6 1.3L16 7.8l-1.6-1.3z',
  load: () => import('./TimelineView.svelte'),
  dockable: true,
  inspector: true,
  filtered: true,
};
