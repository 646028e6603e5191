export {
  ApiError,
  address,
  get,
  post,
  upload,
  onUnauthorised,
  useToken,
  BASE,
  type QueryFault,
} from './client';
export { Loaded } from './loaded.svelte';
export type * from './types';
