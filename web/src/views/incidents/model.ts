/** Incidents as the server gives them, and how their values are told apart. */
import type { Family } from '../../lib/marks';

export interface Run {
  id: number;
  at: string;
  by: string;
  query: string | null;
  claims: number;
  documents: number;
  incidents: number;
  single: number;
  corroborated: number;
  contested: number;
  copies: number;
  since: number;
}

export type Support = 'single source' | 'corroborated' | 'contested';

export interface Row {
  id: string;
  revision: number;
  support: Support;
  credibility: number;
  why: string;
  contested: string[];
  claims: number;
  documents: number;
  origins: number;
  denials: number;
  type: string;
  family: Family;
  types: string[];
  earliest: string | null;
  latest: string | null;
  place: string | null;
  sensitivity: string;
}

export interface Rows {
  items: Row[];
  total: number;
  next: string | null;
  notes: string[];
  run: Run | null;
}

export interface Member {
  claim: number;
  version: number;
  document: number;
  document_name: string;
  title: string | null;
  published: string | null;
  language: string;
  sensitivity: string;
  origin: number;
  voice: string;
  type: string;
  family: Family;
  state: string;
  present: boolean;
  sentence: { start: number; end: number; text: string };
  trigger_start: number;
  trigger_end: number;
  says: Record<string, string>;
}

export interface Field {
  field: string;
  label: { en: string; fr: string };
  contested: boolean;
  values: { value: string; claims: number[] }[];
}

export interface Link {
  claim: number;
  other: number;
  kind: 'same' | 'complements' | 'contradicts' | 'updates' | 'retracts';
  field: string | null;
  value: string | null;
  other_value: string | null;
  agreed: string[];
  rule: string;
}

export interface Judged {
  claims: [number, number];
  verdict: Verdict;
  reviewer: string;
  reason: string | null;
  at: string;
}

export interface Detail {
  run: Run;
  incident: Row;
  title: string;
  claims: Member[];
  fields: Field[];
  links: Link[];
  decisions: Judged[];
  notes: string[];
}

export type Verdict = 'same' | 'different' | 'unsure';

export interface Card {
  id: number;
  document: number;
  document_name: string;
  published: string | null;
  language: string;
  sensitivity: string;
  type: string;
  family: Family;
  trigger: string;
  trigger_start: number;
  trigger_end: number;
  polarity: string;
  certainty: string;
  attribution: string | null;
  snippet: { start: number; end: number; text: string; marks: [number, number][] };
  who: string[];
  whom: string[];
  what: string[];
  place: string | null;
  when: { earliest: string | null; latest: string | null };
  state: string;
  incident: string | null;
}

export interface Pair {
  a: Card;
  b: Card;
  weight: number;
  fields: Record<string, number>;
  incidents: [string | null, string | null];
  differences: { field: string; value: string; other: string }[];
  verdict: Verdict | null;
}

export interface Pairs {
  items: Pair[];
  total: number;
  next: string | null;
  notes: string[];
}

/** A value of a field, with the letter that tells it from the others of that field. */
export interface Lettered {
  readonly value: string;
  readonly letter: string;
  readonly number: number;
}

/**
 * Letters for the values of a field: A for what most independent origins say, then B, ...
 * A field in which nobody contradicts anybody needs none.
 */
export function letters(field: Field, members: readonly Member[]): Map<number, Lettered> {
  const origin = new Map(members.map((member) => [member.claim, member.origin]));
  const origins = (claims: readonly number[]): number =>
    new Set(claims.map((claim) => origin.get(claim) ?? claim)).size;
  const sorted = field.values
    .map((each, at) => ({ ...each, at, origins: origins(each.claims) }))
    .sort((a, b) => b.origins - a.origins || b.claims.length - a.claims.length || a.at - b.at);
  const found = new Map<number, Lettered>();
  sorted.forEach(({ value, claims }, number) => {
    const letter = field.contested ? letterOf(number) : '';
    for (const claim of claims) found.set(claim, { value, letter, number });
  });
  return found;
}

/** A, B, ..., Z, AA, AB, ... */
export function letterOf(number: number): string {
  const letter = String.fromCharCode(65 + (number % 26));
  return number < 26 ? letter : letterOf(Math.floor(number / 26) - 1) + letter;
}

/** Members side by side: those of one origin together, the earliest origin first. */
export function byOrigin(members: readonly Member[]): Member[] {
  return members
    .map((member, at) => ({ member, at }))
    .sort((a, b) => a.member.origin - b.member.origin || a.at - b.at)
    .map(({ member }) => member);
}

/** A quarrel or a correction: some claims say one thing, others another. */
export interface Quarrel {
  readonly kind: Link['kind'];
  readonly field: string | null;
  readonly value: string | null;
  readonly otherValue: string | null;
  readonly claims: readonly number[];
  readonly others: readonly number[];
  readonly rule: string;
}

/**
 * What claims say against each other: links with the same two values are one quarrel, whichever
 * side they are told from. Contradictions come first, those of most claims before the rest.
 */
export function quarrels(links: readonly Link[]): Quarrel[] {
  const found = new Map<string, { link: Link; claims: Set<number>; others: Set<number> }>();
  for (const link of links) {
    if (link.kind === 'same' || link.kind === 'complements') continue;
    const key = (one: string | null, other: string | null): string =>
      JSON.stringify([link.kind, link.field, one, other]);
    const turned = link.kind === 'contradicts' ? found.get(key(link.other_value, link.value)) : undefined;
    if (turned) {
      turned.claims.add(link.other);
      turned.others.add(link.claim);
      continue;
    }
    const there = found.get(key(link.value, link.other_value));
    if (there) {
      there.claims.add(link.claim);
      there.others.add(link.other);
    } else {
      found.set(key(link.value, link.other_value), {
        link,
        claims: new Set([link.claim]),
        others: new Set([link.other]),
      });
    }
  }
  return [...found.values()]
    .map(({ link, claims, others }) => ({
      kind: link.kind,
      field: link.field,
      value: link.value,
      otherValue: link.other_value,
      claims: [...claims],
      others: [...others],
      rule: link.rule,
    }))
    .sort(
      (a, b) =>
        Number(b.kind === 'contradicts') - Number(a.kind === 'contradicts') ||
        b.claims.length + b.others.length - a.claims.length - a.others.length,
    );
}

/** Differences without those that only turn another one round. */
export function distinct(found: Pair['differences']): Pair['differences'] {
  return found.filter(
    ({ field, value, other }, at) =>
      !found
        .slice(0, at)
        .some(
          (each) =>
            each.field === field &&
            ((each.value === value && each.other === other) ||
              (each.value === other && each.other === value)),
        ),
  );
}

/** Bits by field, the weightiest first, as shares of the largest. */
export function weights(fields: Readonly<Record<string, number>>): { field: string; bits: number; share: number }[] {
  const most = Math.max(0.01, ...Object.values(fields).map(Math.abs));
  return Object.entries(fields)
    .map(([field, bits]) => ({ field, bits, share: Math.abs(bits) / most }))
    .sort((a, b) => Math.abs(b.bits) - Math.abs(a.bits));
}

/** Where to go in a list after one was judged: the next one without a verdict. */
export function nextOpen(pairs: readonly Pair[], from: number): number {
  for (let by = 1; by <= pairs.length; by += 1) {
    const at = (from + by) % pairs.length;
    if (pairs[at]?.verdict === null) return at;
  }
  return Math.min(from, Math.max(0, pairs.length - 1));
}
