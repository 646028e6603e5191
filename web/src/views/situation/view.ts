import type { ViewDefinition } from '../../lib/views';

export const view: ViewDefinition = {
  id: 'situation',
  order: 70,
  icon: 'M6 3v18M6 4h11l-2 3.5L17 11H6M3.5 21H9',
  load: () => import('./SituationView.svelte'),
  inspector: true,
  filtered: true,
};
