/** The spans of a text as they are drawn, from the claims of its document. */

import type { FullClaim } from '../../lib/api';
import type { Offsets, Range } from '../../lib/text';

export type Shown = 'events' | 'all' | 'none';

export interface Member {
  claim: number;
  field: string;
  type: string;
}

export interface TextSpan extends Range {
  kind: 'trigger' | 'role' | 'sentence' | 'mark';
  /** Of an argument: its role; `attribution` and `antecedent`, too. */
  role: string;
  members: Member[];
  denied: boolean;
  rejected: boolean;
}

/**
 * Spans in UTF-16 units. Words that several claims share are one span with several members.
 * Arguments are drawn for the selected claim only, unless all are asked for.
 */
export function spansOf(
  claims: readonly FullClaim[],
  offsets: Offsets,
  { selected, shown }: { selected: number | null; shown: Shown },
): TextSpan[] {
  const found = new Map<string, TextSpan>();
  const put = (
    claim: FullClaim,
    piece: { start: number; end: number },
    kind: TextSpan['kind'],
    role: string,
    field: string,
  ): void => {
    const key = `${kind} ${role} ${piece.start} ${piece.end}`;
    const member = { claim: claim.id, field, type: claim.type };
    const span = found.get(key);
    if (span) {
      span.members.push(member);
      span.denied &&= claim.polarity === 'negated';
      span.rejected &&= claim.state === 'rejected';
      return;
    }
    found.set(key, {
      start: offsets.toUnits(piece.start),
      end: offsets.toUnits(piece.end),
      kind,
      role,
      members: [member],
      denied: claim.polarity === 'negated',
      rejected: claim.state === 'rejected',
    });
  };
  for (const claim of claims) {
    const own = claim.id === selected;
    if (shown === 'none' && !own) continue;
    put(claim, claim.trigger, 'trigger', 'trigger', 'trigger');
    if (!own && shown !== 'all') continue;
    if (claim.state === 'rejected' && !own) continue;
    for (const argument of claim.arguments) {
      put(claim, argument, 'role', argument.role, argument.field);
      if (own && argument.antecedent) {
        put(claim, argument.antecedent, 'role', 'antecedent', argument.field);
      }
    }
    if (claim.attribution) put(claim, claim.attribution, 'role', 'attribution', 'attribution');
  }
  return [...found.values()];
}

/** Consecutive paragraphs in blocks of some size: what is laid out, or left for later, at once. */
export function blocks(paragraphs: readonly Range[], size = 3000): Range[][] {
  const out: Range[][] = [];
  let length = size;
  for (const paragraph of paragraphs) {
    if (length >= size) {
      out.push([]);
      length = 0;
    }
    out.at(-1)!.push(paragraph);
    length += paragraph.end - paragraph.start;
  }
  return out;
}

/** The word before, at or after a place, as units; null at the end of the text. */
export function wordAt(text: string, unit: number, step: -1 | 0 | 1): Range | null {
  const from = Math.max(0, unit - 400);
  const to = Math.min(text.length, unit + 400);
  const words = [
    ...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text.slice(from, to)),
  ]
    .filter((segment) => segment.isWordLike)
    .map(({ index, segment }) => ({ start: from + index, end: from + index + segment.length }));
  if (step === 0) return words.find((word) => word.end > unit) ?? null;
  if (step === 1) return words.find((word) => word.start > unit) ?? null;
  return words.findLast((word) => word.end < unit) ?? null;
}
