import type { ViewDefinition } from '../../lib/views';

export const view: ViewDefinition = {
  id: 'audit',
  order: 90,
  icon: 'M12 3l7 2.800v5.400c0 4.400-2.900 8-7 9.800-4.100-1.800-7-5.400-7-9.800V5.800zM8.800 12l2.300 2.300 4.300-4.600',
  load: () => import('./AuditView.svelte'),
  heading: true,
};
