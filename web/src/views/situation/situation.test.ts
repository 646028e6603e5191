import { describe, expect, it } from 'vitest';

import { byPlace, moved, nextDay, shapeOf, Sides, startDay } from './reckoning';
import type { DayCount, State } from './types';

function state(id: string, place: string, kind: string, contested = false): State {
  return {
    id,
    kind,
    subject: { key: id, name: id, known: true },
    place: place ? { key: place, name: place, latitude: 1, longitude: 2, radius_km: 3, gazetteer_id: null, country: null } : null,
    contested,
  } as State;
}
const day = (iso: string, changes: number): DayCount => ({ day: iso, states: 1, control: 1, contested: 0, changes, claims: 0 });

describe('the table', () => {
  it('has contested places first, those without a place last, control before the rest', () => {
    const rows = byPlace([
      state('a', 'Ber', 'actors'),
      state('b', 'Ber', 'control'),
      state('c', '', 'truce'),
      state('d', 'Zliten', 'control', true),
    ]);
    expect(rows.map((row) => row.key)).toEqual(['Zliten', 'Ber', '']);
    expect(rows[1]?.states.map((each) => each.kind)).toEqual(['control', 'actors']);
  });
});

describe('sides', () => {
  it('keep their number, and those unnamed have none', () => {
    const sides = new Sides();
    sides.meet(['x', 'y']);
    expect([sides.number('y'), sides.number('z'), sides.number('x'), sides.number('')]).toEqual([1, 2, 0, -1]);
  });
  it('have 49 looks before any comes again', () => {
    const looks = new Set(Array.from({ length: 49 }, (_, side) => `${String(side % 7)} ${shapeOf(side)}`));
    expect(looks.size).toBe(49);
  });
});

describe('playing', () => {
  const short = [day('2024-01-01', 1), day('2024-01-05', 1)];
  const long = [day('2024-01-01', 1), day('2024-03-05', 0), day('2024-08-09', 2)];
  it('goes day by day through a short time', () => {
    expect(nextDay('2024-01-01', '2024-01-05', short)).toBe('2024-01-02');
  });
  it('goes from change to change through a long one', () => {
    expect(nextDay('2024-01-01', '2024-12-31', long)).toBe('2024-08-09');
    expect(nextDay('2024-08-09', '2024-12-31', long)).toBe('2024-12-31');
  });
  it('ends on the last day', () => {
    expect(nextDay('2024-01-05', '2024-01-05', short)).toBeNull();
  });
  it('stays within its days and starts where the address says', () => {
    expect(moved('2024-01-02', -5, '2024-01-01', '2024-01-05')).toBe('2024-01-01');
    expect(startDay('2020-01-01', 'a', 'b')).toBe('2020-01-01');
    expect(startDay(null, '2024-01-01', '2024-02-01')).toBe('2024-02-01');
  });
});
