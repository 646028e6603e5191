import { describe, expect, it } from 'vitest';

import type { FullClaim } from '../../lib/api';
import { Offsets, paragraphs } from '../../lib/text';
import { blocks, spansOf, wordAt } from './spans';

const TEXT = '🎈 Quinze obus sont tombés sur Mizda, selon le maire.';

function claim(id: number, change: Partial<FullClaim> = {}): FullClaim {
  const words = (text: string): { start: number; end: number; text: string } => {
    const start = [...TEXT.slice(0, TEXT.indexOf(text))].length;
    return { start, end: start + [...text].length, text };
  };
  return {
    id,
    type: 'shelling',
    polarity: 'affirmed',
    state: 'pending',
    trigger: words('tombés'),
    arguments: [{ ...words('Mizda'), role: 'place', field: 'place:30-35', antecedent: null }],
    attribution: words('le maire'),
    ...change,
  } as unknown as FullClaim;
}

const offsets = new Offsets(TEXT);

describe('spans of a text', () => {
  it('stand at their words, also behind an emoji', () => {
    const spans = spansOf([claim(1)], offsets, { selected: 1, shown: 'events' });
    expect(spans.map(({ start, end }) => TEXT.slice(start, end))).toEqual([
      'tombés',
      'Mizda',
      'le maire',
    ]);
  });

  it('are triggers alone where nothing is selected', () => {
    const spans = spansOf([claim(1)], offsets, { selected: null, shown: 'events' });
    expect(spans.map(({ kind }) => kind)).toEqual(['trigger']);
    expect(spansOf([claim(1)], offsets, { selected: null, shown: 'all' })).toHaveLength(3);
    expect(spansOf([claim(1)], offsets, { selected: null, shown: 'none' })).toHaveLength(0);
  });

  it('are one where claims share words', () => {
    const two = [claim(1), claim(2, { type: 'killing', state: 'rejected' } as Partial<FullClaim>)];
    const spans = spansOf(two, offsets, { selected: null, shown: 'events' });
    expect(spans).toHaveLength(1);
    expect(spans[0]!.members.map((member) => member.claim)).toEqual([1, 2]);
    expect(spans[0]!.rejected).toBe(false);
  });
});

describe('blocks', () => {
  it('hold all paragraphs in order', () => {
    const all = paragraphs('line of text\n'.repeat(1000));
    const grouped = blocks(all, 500);
    expect(grouped.flat()).toEqual(all);
    expect(grouped.length).toBeGreaterThan(10);
  });
});

describe('words', () => {
  it('follow one another', () => {
    const first = wordAt(TEXT, 0, 0)!;
    expect(TEXT.slice(first.start, first.end)).toBe('Quinze');
    const second = wordAt(TEXT, first.start, 1)!;
    expect(TEXT.slice(second.start, second.end)).toBe('obus');
    const back = wordAt(TEXT, second.start, -1)!;
    expect(back).toEqual(first);
    expect(wordAt(TEXT, TEXT.length, 1)).toBeNull();
  });

  it('are whole in Arabic', () => {
    const arabic = 'قصف الجيش مدينة';
    const second = wordAt(arabic, 0, 1)!;
    expect(arabic.slice(second.start, second.end)).toBe('الجيش');
  });
});
