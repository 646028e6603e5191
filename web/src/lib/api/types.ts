/** Names for the types of the API. They are generated from `openapi.json`: `npm run types`. */

import type { components } from './schema';

type Schemas = components['schemas'];

export type ActorValue = Schemas['ActorValue'];
export type ArgumentCard = Schemas['ArgumentCard'];
export type AttributionCard = Schemas['AttributionCard'];
export type AuditEntry = Schemas['AuditEntry'];
export type AuditPage = Schemas['AuditPage'];
export type BulkDone = Schemas['BulkDone'];
export type BulkPreview = Schemas['BulkPreview'];
export type ClaimCard = Schemas['ClaimCard'];
export type ClaimDetail = Schemas['ClaimDetail'];
export type ClaimPage = Schemas['ClaimPage'];
export type Codes = Schemas['Codes'];
export type Conflict = Schemas['Conflict'];
export type Days = Schemas['Days'];
export type DocumentClaims = Schemas['DocumentClaims'];
export type DocumentDetail = Schemas['DocumentDetail'];
export type DocumentPage = Schemas['DocumentPage'];
export type DocumentRow = Schemas['DocumentRow'];
export type EntityDetail = Schemas['EntityDetail'];
export type EntityPage = Schemas['EntityPage'];
export type EntityRow = Schemas['EntityRow'];
export type EquipmentValue = Schemas['EquipmentValue'];
export type Facet = Schemas['Facet'];
export type Facets = Schemas['Facets'];
export type FieldCard = Schemas['FieldCard'];
export type FieldMark = Schemas['FieldMark'];
export type FullClaim = Schemas['FullClaim'];
export type Piece = Schemas['Piece'];
export type PlaceValue = Schemas['PlaceValue'];
export type QuantityValue = Schemas['QuantityValue'];
export type Role = ArgumentCard['role'];
export type StateCounts = Schemas['StateCounts'];
export type Step = Schemas['Step'];
export type TimeValue = Schemas['TimeValue'];
export type Snippet = Schemas['Snippet'];

export type State = FullClaim['state'];
export type EventType = FullClaim['type'];
export type Level = FullClaim['sensitivity'];
export type Polarity = FullClaim['polarity'];
export type Certainty = FullClaim['certainty'];
