import type { ViewDefinition } from '../../lib/views';

export const view: ViewDefinition = {
  id: 'claims',
  order: 20,
  icon: 'M4 6h2M4 12h2M4 18h2M9.500 6H20M9.500 12H20M9.500 18H20',
  load: () => import('./ClaimsView.svelte'),
  inspector: true,
  filtered: true,
  heading: true,
};
