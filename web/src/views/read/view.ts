import type { ViewDefinition } from '../../lib/views';

export const view: ViewDefinition = {
  id: 'read',
  order: 10,
  icon: 'M4 5.5A2 2 0 0 1 6 4h5v16H6a2 2 0 0 0-2 1.500zM20 5.500A2 2 0 0 0 18 4h-5v16h5a2 2 0 0 1 2 1.500zM6.800 8h1.800M6.800 11.500h1.800M15.400 8h1.800M15.400 11.500h1.800',
  load: () => import('./ReadView.svelte'),
  filtered: true,
  heading: true,
};
