import type { ViewDefinition } from '../../lib/views';

export const view: ViewDefinition = {
  id: 'settings',
  order: 110,
  icon: 'M4 7h9M17 7h3M4 12h3M11 12h9M4 17h9M17 17h3M13 7a2 2 0 1 0 4 0 2 2 0 0 0-4 0zM7 12a2 2 0 1 0 4 0 2 2 0 0 0-4 0zM13 17a2 2 0 1 0 4 0 2 2 0 0 0-4 0z',
  load: () => import('./SettingsView.svelte'),
  section: 'foot',
  heading: true,
};
