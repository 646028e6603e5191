import { describe, expect, it } from 'vitest';

// @ts-expect-error -- a script without types
import { encode } from '../../../scripts/basemap-format.mjs';
import { clipRing, graticuleStep, meets, tileView, toPixels, visibleRuns } from './clipping';
import { decode, mercatorX, mercatorY, type Path } from './format';

function pathOf(points: number[]): Path {
  const xs = points.filter((_, at) => at % 2 === 0);
  const ys = points.filter((_, at) => at % 2 === 1);
  return {
    points: Float64Array.from(points),
    box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
  };
}

describe('the format of the basemap', () => {
  const grid = {
    scale: [0.5, 0.5],
    translate: [-180, -90],
    polygons: [[[[0, 0], [720, 0], [720, 360], [0, 360], [0, 0]], [[10, 10], [20, 10], [20, 20], [10, 10]]]],
    lines: [[[360, 180], [361, 179]]],
    names: [{ code: 'ML', rank: 3, at: [352, 214] }],
  };
  const world = decode(encode(grid) as Uint8Array);

  it('reads what was written', () => {
    expect(world.polygons[0]?.rings).toHaveLength(2);
    expect(world.polygons[0]?.rings[0]?.points[0]).toBeCloseTo(0);
    expect(world.polygons[0]?.rings[0]?.points[2]).toBeCloseTo(1);
    expect([...(world.borders[0]?.points ?? [])].slice(0, 2)).toEqual([0.5, 0.5]);
    expect(world.names[0]).toMatchObject({ code: 'ML', rank: 3 });
    expect(world.names[0]?.x).toBeCloseTo(mercatorX(-4));
    expect(world.names[0]?.y).toBeCloseTo(mercatorY(17));
  });

  it.each([
    ['other bytes', Uint8Array.from({ length: 40 }, () => 1)],
    ['nothing', new Uint8Array()],
    ['half of it', (encode(grid) as Uint8Array).slice(0, 45)],
  ])('refuses %s', (_, bytes) => {
    expect(() => decode(bytes)).toThrow(/basemap/);
  });
});

describe('tiles', () => {
  it('wraps columns around the world', () => {
    expect(tileView(-1, 0, 2)).toEqual(tileView(3, 0, 2));
  });

  it('cuts a ring to the tile and its margin', () => {
    const view = tileView(0, 0, 1);
    const ring = pathOf([0.1, 0.1, 0.9, 0.1, 0.9, 0.9, 0.1, 0.9, 0.1, 0.1]);
    expect(meets(ring.box, view)).toBe(true);
    const cut = clipRing(toPixels(ring, view), view);
    expect(Math.max(...cut)).toBeLessThanOrEqual(view.size + view.margin);
    expect(Math.min(...cut)).toBeCloseTo(51.2);
  });

  it('leaves nothing of a ring that is elsewhere', () => {
    const view = tileView(0, 0, 3);
    const ring = pathOf([0.8, 0.8, 0.9, 0.8, 0.9, 0.9, 0.8, 0.8]);
    expect(meets(ring.box, view)).toBe(false);
    expect(clipRing(toPixels(ring, view), view)).toEqual([]);
  });

  it('thins points that fall on one pixel, but keeps the ends', () => {
    const view = tileView(0, 0, 0);
    expect(toPixels(pathOf([0, 0, 0.0001, 0.0001, 0.0002, 0.0002]), view)).toHaveLength(4);
  });

  it('keeps only the stretches of a line that come near', () => {
    const view = tileView(0, 0, 0);
    const line = [-500, 10, -400, 10, 10, 10, 20, 20, 900, 20, 950, 20];
    expect(visibleRuns(line, view)).toEqual([[-400, 10, 10, 10, 20, 20, 900, 20]]);
  });

  it('has a finer graticule from close by', () => {
    expect(graticuleStep(2)).toBeGreaterThan(graticuleStep(8));
    expect(graticuleStep(30)).toBeGreaterThan(0);
  });
});
