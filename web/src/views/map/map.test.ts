import { describe, expect, it } from 'vitest';

import { countLabel, mainFamily, radiusOf } from './drawing';
import { joined, merged } from './merging';
import { discAt, Room, spots } from './placing';
import { clusterOf, familiesOf, keyOf, readingOrder, type Cluster } from './scene';
import { boxOf, contains, holds, needsLoad, pixelsPerKm, scaleBar, serverBox, widened, withBox, wrapped } from './viewport';

function cluster(latitude: number, longitude: number, count: number, more: Partial<Cluster> = {}): Cluster {
  return {
    latitude,
    longitude,
    count,
    types: { shelling: count },
    families: { combat: count },
    contested: 0,
    denied: 0,
    radius_km: 5,
    bounds: [longitude, latitude, longitude, latitude],
    one_place: true,
    place: 'Ber',
    claims: [count * 1000 + Math.round(longitude)],
    claim: null,
    ...more,
  };
}

describe('asking the server', () => {
  const view = { west: 0, south: 10, east: 10, north: 20 };
  const loaded = { query: 'q', zoom: 5, bounds: widened(view, 1) };

  it('does not ask again while the map moves within what it has', () => {
    expect(needsLoad(loaded, 'q', 5, { west: 8, south: 2, east: 18, north: 12 })).toBe(false);
  });
  it.each([
    ['another query', 'other', 5, view],
    ['another zoom', 'q', 6, view],
    ['beyond the margin', 'q', 5, { west: 15, south: 10, east: 25, north: 20 }],
  ])('asks for %s', (_, query, zoom, there) => {
    expect(needsLoad(loaded, query, zoom, there)).toBe(true);
  });
  it('takes the whole world for every turn of it', () => {
    expect(contains({ west: -300, south: -90, east: 300, north: 90 }, { west: 350, south: 0, east: 370, north: 1 })).toBe(true);
  });
  it('gives boxes over the date line and of the world as the server takes them', () => {
    expect(serverBox({ west: 170, south: -100, east: 190, north: 10 })).toBe('170,-90,-170,10');
    expect(serverBox({ west: -300, south: -50, east: 300, north: 50 })).toBe('-180,-50,180,50');
    expect(wrapped(540)).toBe(-180);
  });
  it('finds points on any turn of the world', () => {
    expect(holds({ west: 350, south: 0, east: 370, north: 10 }, 5, 2)).toBe(true);
    expect(holds({ west: 350, south: 0, east: 370, north: 10 }, 5, 40)).toBe(false);
  });
});

describe('the rectangle in the query', () => {
  const box = { west: 1.234567, south: 16, east: 3.4, north: 18.9 };
  it('is put in, replaced, read and taken out', () => {
    const first = withBox('mizda', box);
    expect(first).toBe('mizda within:1.23,16,3.4,18.9');
    expect(withBox(first, { ...box, west: 2 })).toBe('mizda within:2,16,3.4,18.9');
    expect(boxOf(first)).toEqual({ west: 1.23, south: 16, east: 3.4, north: 18.9 });
    expect(withBox(first, null)).toBe('mizda');
  });
  it('keeps alternatives together', () => {
    expect(withBox('a OR b', box)).toBe('(a OR b) within:1.23,16,3.4,18.9');
  });
  it('may lie over the date line', () => {
    expect(boxOf('within:170,0,-170,10')?.east).toBe(190);
    expect(boxOf('within:x')).toBeNull();
  });
});

describe('clusters as they are drawn', () => {
  it('become one where they would cover each other', () => {
    const found = merged([cluster(10, 10, 8), cluster(10.1, 10.1, 3), cluster(40, 40, 2)], 4);
    expect(found.map((each) => each.count)).toEqual([11, 2]);
  });
  it('stay apart close by, and keep every claim', () => {
    const all = [cluster(10, 10, 8), cluster(10.1, 10.1, 3)];
    expect(merged(all, 12)).toHaveLength(2);
    for (const zoom of [2, 5, 9, 16]) {
      expect(merged(all, zoom).reduce((sum, each) => sum + each.count, 0)).toBe(11);
    }
  });
  it('add up what they hold', () => {
    const both = joined(cluster(10, 10, 2, { contested: 1 }), cluster(11, 12, 3, { families: { harm: 3 }, types: { killing: 3 }, radius_km: 9 }));
    expect(both).toMatchObject({ count: 5, contested: 1, radius_km: 9, bounds: [10, 10, 12, 11], types: { shelling: 2, killing: 3 } });
    expect(familiesOf(both)).toMatchObject({ combat: 2, harm: 3, politics: 0 });
  });
  it('are found by their claims and read from the north', () => {
    const [north, south] = [cluster(50, 3, 1), cluster(10, 3, 2, { claims: [7] })];
    expect(clusterOf([north, south], 7)).toBe(south);
    expect(readingOrder([south, north])).toEqual([north, south]);
    expect(keyOf(north)).not.toBe(keyOf(south));
  });
  it('grow with their number, within bounds, and name it shortly', () => {
    expect(radiusOf(1)).toBeLessThan(radiusOf(10));
    expect(radiusOf(1e6)).toBeLessThanOrEqual(30);
    expect([7, 1234, 45_678, 2_500_000].map(countLabel)).toEqual(['7', '1.2k', '45k', '2.5M']);
    expect(mainFamily({ combat: 1, control: 1, means: 0, harm: 0, politics: 0 })).toBe('combat');
  });
});

describe('names and pointers', () => {
  it('takes no room twice', () => {
    const room = new Room();
    const [right, left] = spots(100, 100, 40, 12, 6);
    room.take(right!);
    expect(room.isFree(right!)).toBe(false);
    expect(room.isFree(left!)).toBe(true);
  });
  it('finds what is on top, and near misses', () => {
    const discs = [{ x: 0, y: 0, radius: 20 }, { x: 5, y: 0, radius: 6 }];
    expect(discAt(discs, 6, 0)).toBe(1);
    expect(discAt(discs, -10, 0)).toBe(0);
    expect(discAt(discs, 23, 0)).toBe(0);
    expect(discAt(discs, 60, 0)).toBe(-1);
  });
  it('draws distances to scale', () => {
    expect(pixelsPerKm(60, 5)).toBeCloseTo(2 * pixelsPerKm(0, 5), 5);
    const { km, width } = scaleBar(15, 6);
    expect(width).toBeLessThanOrEqual(110);
    expect(km).toBe(200);
  });
});
