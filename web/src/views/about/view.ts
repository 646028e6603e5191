import type { ViewDefinition } from '../../lib/views';

export const view: ViewDefinition = {
  id: 'about',
  order: 100,
  icon: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.500M12 7.600v.3',
  load: () => import('./AboutView.svelte'),
  section: 'foot',
  heading: true,
};
