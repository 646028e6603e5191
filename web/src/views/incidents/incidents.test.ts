import { describe, expect, it } from 'vitest';

import { byOrigin, distinct, letterOf, letters, nextOpen, quarrels, weights, type Link, type Member, type Pair } from './model';

const member = (claim: number, origin: number): Member => ({ claim, origin }) as Member;
const link = (claim: number, other: number, kind: Link['kind'], value = 'denied', other_value = 'affirmed'): Link => ({
  claim,
  other,
  kind,
  field: 'occurred',
  value,
  other_value,
  agreed: [],
  rule: 'r',
});

describe('who says what', () => {
  const members = [member(1, 1), member(2, 2), member(3, 2), member(4, 3)];
  const field = {
    field: 'time',
    label: { en: 'when', fr: 'quand' },
    contested: true,
    values: [
      { value: '13', claims: [2, 3] },
      { value: '14', claims: [1, 4] },
    ],
  };
  it('gives A to what most independent origins say, not most articles', () => {
    const found = letters(field, members);
    expect(found.get(1)).toMatchObject({ letter: 'A', value: '14' });
    expect(found.get(3)).toMatchObject({ letter: 'B', value: '13' });
  });
  it('needs no letters where nobody contradicts anybody', () => {
    expect(letters({ ...field, contested: false }, members).get(1)?.letter).toBe('');
  });
  it('puts claims of one origin side by side', () => {
    expect(byOrigin([member(1, 2), member(2, 1), member(3, 2)]).map((each) => each.claim)).toEqual([2, 1, 3]);
  });
  it('has letters enough', () => {
    expect([0, 25, 26, 53].map(letterOf)).toEqual(['A', 'Z', 'AA', 'BB']);
  });
});

describe('quarrels', () => {
  it('with the same values are one, whichever side tells them', () => {
    const found = quarrels([
      link(9, 1, 'contradicts'),
      link(9, 2, 'contradicts'),
      link(3, 9, 'contradicts', 'affirmed', 'denied'),
      link(9, 4, 'retracts'),
      link(1, 2, 'same'),
    ]);
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({ kind: 'contradicts', claims: [9], others: [1, 2, 3] });
    expect(found[1]).toMatchObject({ kind: 'retracts', claims: [9], others: [4] });
  });
});

describe('pairs', () => {
  const pairs = [null, 'same', null].map((verdict) => ({ verdict })) as Pair[];
  it('lead to the next that is open, round the end', () => {
    expect(nextOpen(pairs, 0)).toBe(2);
    expect(nextOpen(pairs, 2)).toBe(0);
    expect(nextOpen([], 0)).toBe(0);
  });
  it('tell no difference twice', () => {
    const found = distinct([
      { field: 'place', value: 'a', other: 'b' },
      { field: 'place', value: 'b', other: 'a' },
      { field: 'time', value: 'a', other: 'b' },
    ]);
    expect(found.map((each) => each.field)).toEqual(['place', 'time']);
  });
  it('show what weighs most first', () => {
    expect(weights({ time: 1, place: -4 })[0]).toEqual({ field: 'place', bits: -4, share: 1 });
  });
});
