import type { ViewDefinition } from '../../lib/views';

export const view: ViewDefinition = {
  id: 'entities',
  order: 80,
  icon: 'M8.500 4.500a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3 19c.400-3.600 2.600-5.500 5.500-5.500S13.600 15.400 14 19M15.500 5a2.700 2.700 0 0 1 0 5.300M16.500 13.600c2.500.3 4.200 2.200 4.500 5.400',
  load: () => import('./EntitiesView.svelte'),
  filtered: true,
  heading: true,
};
