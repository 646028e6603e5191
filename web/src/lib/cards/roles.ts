import type { Role } from '../api';

/** Roles in the order in which a card tells them. */
export const ROLES: readonly Role[] = [
  'actor',
  'target',
  'instrument',
  'quantity',
  'place',
  'origin',
  'destination',
  'time',
];
