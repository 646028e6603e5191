/** The situation as the server gives it. */

export interface Piece {
  start: number;
  end: number;
  text: string;
}

export interface Cited {
  claim: number | null;
  document: number | null;
  document_name: string;
  sensitivity: string;
  type: string;
  trigger: Piece;
  sentence: Piece;
  polarity: string;
  certainty: string;
  attribution: string | null;
  source: string | null;
  published: string | null;
  earliest: string | null;
  latest: string | null;
  days_told: boolean;
}

export interface Where {
  key: string;
  name: string;
  latitude: number | null;
  longitude: number | null;
  radius_km: number | null;
  gazetteer_id: string | null;
  country: string | null;
}

export interface Side {
  key: string;
  name: string;
  known: boolean;
}

export interface State {
  id: string;
  kind: string;
  subject: Side;
  place: Where | null;
  start: string;
  end: string | null;
  begins: string;
  begins_told: boolean;
  open: boolean;
  contested: boolean;
  contested_since: string | null;
  rules: string[];
  /** How many there are; at most twenty are cited. */
  supporting: number;
  disputing: number;
  supports: Cited[];
  disputes: Cited[];
  ended_by: Cited[];
}

export interface Situation {
  note: string;
  at: string;
  area: string | null;
  known_by: string | null;
  states: State[];
  listed: { kind: string; reason: string; subject: string; place: Where | null; claim: Cited }[];
  without_coordinates: number;
  sides: Side[];
  first: string | null;
  last: string | null;
  reports: number;
  notes: string[];
}

export interface Change {
  what: 'began' | 'ended' | 'changed hands' | 'became contested' | 'no longer contested';
  kind: string;
  place: Where | null;
  before: State[];
  after: State[];
}

export interface Changes {
  first: string;
  second: string;
  items: Change[];
  notes: string[];
}

export interface DayCount {
  day: string;
  states: number;
  control: number;
  contested: number;
  changes: number;
  claims: number;
}

export interface Days {
  first: string | null;
  last: string | null;
  items: DayCount[];
  notes: string[];
}
