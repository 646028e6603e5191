import type { ViewDefinition } from '../../lib/views';

export const view: ViewDefinition = {
  id: 'incidents',
  order: 60,
  icon: 'M4 5h7v14H4zM13 5h7v14h-7M6 9h3M6 12h3M15 9h3M15 15h3M10 2.5l4 0',
  load: () => import('./IncidentsView.svelte'),
  inspector: false,
  filtered: true,
};
