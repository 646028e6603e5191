export { app, type Hover } from './store.svelte';
export { prefs, type Theme } from './prefs.svelte';
export {
  combined,
  emptyState,
  format,
  parse,
  ORDERS,
  type MapPosition,
  type UrlState,
} from './url';
