import { describe, expect, it } from 'vitest';

import { between, fromUrl, keyed, shifted, toUrl } from './brush';
import { addMonths, iso, ordinal, precisionOf, rangeName } from './days';
import { bars, countTicks, inTime, layout, undatedQuery, type Bin, type Item } from './model';
import { lanes, padded, ticksOf, toDay, toX } from './scale';

function item(id: number, earliest: string | null, latest: string | null): Item {
  return {
    id,
    document: 1,
    type: 'shelling',
    family: 'combat',
    trigger: 'fell',
    polarity: 'affirmed',
    certainty: 'certain',
    state: 'pending',
    when: { earliest, latest },
    place: null,
    contested: false,
  };
}

describe('days', () => {
  it('are whole numbers and back', () => {
    expect(ordinal('1970-01-02')).toBe(1);
    expect(iso(ordinal('2024-02-29'))).toBe('2024-02-29');
    expect(ordinal('yesterday')).toBeNaN();
  });
  it('move by months, the last staying the last', () => {
    expect(iso(addMonths(ordinal('2024-01-31'), 1))).toBe('2024-02-29');
    expect(iso(addMonths(ordinal('2024-01-15'), -13))).toBe('2022-12-15');
  });
  it.each([
    ['2024-03-11', '2024-03-11', null, 'day'],
    ['2024-03-11', '2024-03-14', null, 'range'],
    ['2024-02-01', '2024-02-29', null, 'month'],
    ['2024-01-01', '2024-12-31', null, 'year'],
    ['2024-03-11', null, null, 'open'],
    ['2024-03-01', '2024-03-09', 'vague', 'year'],
  ] as const)('%s to %s (%s) is told as %s', (earliest, latest, told, precision) => {
    expect(precisionOf(earliest, latest, told)).toBe(precision);
  });
  it('are named as ranges', () => {
    expect(rangeName('2024-03-11', '2024-03-14', 'en-GB')).toMatch(/11.*14 Mar 2024/);
    expect(rangeName(null, '2024-03-14', 'en-GB')).toMatch(/^…/);
  });
});

describe('the scale', () => {
  const scale = { first: ordinal('2024-01-01'), last: ordinal('2024-01-10'), width: 1000 };
  it('turns days into pixels and back', () => {
    expect(toX(scale, scale.first)).toBe(0);
    expect(toX(scale, scale.last + 1)).toBe(1000);
    for (let day = scale.first; day <= scale.last; day += 1) expect(toDay(scale, toX(scale, day) + 1)).toBe(day);
    expect(toDay(scale, -50)).toBe(scale.first);
    expect(toDay(scale, 5000)).toBe(scale.last);
  });
  it('is never shorter than a fortnight', () => {
    const one = padded(100, 100, 500);
    expect(one.last - one.first).toBeGreaterThanOrEqual(14);
  });
  it.each([
    ['2024-01-01', '2024-01-20', 'day'],
    ['2024-01-01', '2025-06-30', 'month'],
    ['1990-01-01', '2025-01-01', 'year'],
  ])('from %s to %s has ticks of a %s', (first, last, unit) => {
    const found = ticksOf({ first: ordinal(first), last: ordinal(last), width: 900 });
    expect(found.unit).toBe(unit);
    expect(found.ticks.length).toBeGreaterThan(3);
    expect(found.ticks.length).toBeLessThan(45);
  });
});

describe('rows', () => {
  it('never let two touch', () => {
    const extents = [[0, 10], [5, 20], [12, 30], [25, 40], [0, 50]].map(([start, end]) => ({ start: start!, end: end! }));
    const { rows, count } = lanes(extents, 1);
    for (let a = 0; a < extents.length; a += 1) {
      for (let b = a + 1; b < extents.length; b += 1) {
        if (rows[a] !== rows[b]) continue;
        expect(extents[a]!.end < extents[b]!.start || extents[b]!.end < extents[a]!.start).toBe(true);
      }
    }
    expect(count).toBe(Math.max(...rows) + 1);
  });
  it('place claims with their words, open ends at the edge', () => {
    const scale = { first: ordinal('2024-01-01'), last: ordinal('2024-01-31'), width: 930 };
    const { drawn, rows } = layout(
      [item(1, '2024-01-05', '2024-01-05'), item(2, '2024-01-05', null), item(3, '2024-01-31', '2024-01-31'), item(4, null, null)],
      scale,
      () => 100,
    );
    expect(drawn.map((each) => each.item.id)).toEqual([1, 2, 3]);
    expect(rows).toBe(2);
    expect(drawn[1]).toMatchObject({ precision: 'open', opensRight: true, right: 930 });
    expect(drawn[2]?.words).toBe(-1);
  });
  it('go in the order of time', () => {
    expect(inTime([item(1, '2024-02-01', null), item(2, null, '2024-01-01')]).map((each) => each.id)).toEqual([2, 1]);
  });
});

describe('bars', () => {
  const bin = (start: string, end: string, count: number): Bin => ({ start, end, count, running: 0, by_family: { combat: count - 1, harm: 1 }, doubted: 1 });
  it('stack to the height of their count', () => {
    const scale = { first: ordinal('2024-01-01'), last: ordinal('2024-01-20'), width: 200 };
    const [first, second] = bars([bin('2024-01-01', '2024-01-10', 10), bin('2024-01-11', '2024-01-20', 5)], scale, 100);
    expect(first?.top).toBeCloseTo(0);
    expect(second?.top).toBeCloseTo(50);
    expect(second?.pieces.reduce((sum, piece) => sum + piece.height, 0)).toBeCloseTo(50);
    expect(first?.doubted).toBeCloseTo(10);
  });
  it('have an axis of round numbers', () => {
    expect(countTicks(147)).toEqual([0, 50, 100]);
    expect(countTicks(2)).toEqual([0, 1, 2]);
    expect(countTicks(0)).toEqual([0]);
  });
});

describe('the brush', () => {
  const bounds = { first: ordinal('2024-01-01'), last: ordinal('2024-12-31') };
  const brush = { from: ordinal('2024-03-10'), to: ordinal('2024-03-20') };

  it('goes into the address and comes back', () => {
    const { from, to } = toUrl(brush);
    expect([from, to]).toEqual(['2024-03-10', '2024-03-20']);
    expect(fromUrl(from, to, bounds)).toEqual(brush);
    expect(toUrl(null)).toEqual({ from: null, to: null });
    expect(fromUrl(null, null, bounds)).toBeNull();
    expect(fromUrl(null, '2024-02-01', bounds)).toEqual({ from: bounds.first, to: ordinal('2024-02-01') });
    expect(fromUrl('2024-05-01', '2024-02-01', bounds)?.from).toBe(ordinal('2024-02-01'));
  });
  it('is drawn in either direction', () => {
    const scale = { ...bounds, width: 366 };
    expect(between(scale, 20.5, 10.5)).toEqual(between(scale, 10.5, 20.5));
  });
  it.each([
    ['ArrowRight', false, 'from', '2024-03-11', '2024-03-20'],
    ['ArrowLeft', true, 'from', '2024-02-10', '2024-03-20'],
    ['ArrowRight', true, 'to', '2024-03-10', '2024-04-20'],
    ['Home', false, 'from', '2024-01-01', '2024-03-20'],
    ['End', false, 'to', '2024-03-10', '2024-12-31'],
    ['End', false, 'from', '2024-03-20', '2024-03-20'],
    ['ArrowRight', false, 'both', '2024-03-11', '2024-03-21'],
  ] as const)('%s (shift %s) on %s', (key, shift, edge, from, to) => {
    const found = keyed(brush, edge, key, { shift, bounds });
    expect(found && toUrl(found)).toEqual({ from, to });
  });
  it('is cleared by Escape and leaves other keys alone', () => {
    expect(keyed(brush, 'from', 'Escape', { bounds })).toBeNull();
    expect(keyed(brush, 'from', 'x', { bounds })).toBeUndefined();
  });
  it('keeps its length at the bounds', () => {
    expect(toUrl(shifted(brush, 10_000, bounds))).toEqual({ from: '2024-12-21', to: '2024-12-31' });
  });
});

it('asks for what has no day', () => {
  expect(undatedQuery('')).toBe('-on:0001..9999');
  expect(undatedQuery('a OR b')).toBe('(a OR b) -on:0001..9999');
});
