/**
 * Makes the workbench's basemap out of npm's world-atlas (Natural Earth, public domain).
 *
 *     node scripts/basemap.mjs
 *
 * writes src/lib/basemap/generated/world-50m.bin (1:50 million, loaded first) and world-10m.bin
 * (1:10 million, loaded once somebody looks closer). Both are git-ignored and built anew.
 */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { feature, mesh } from 'topojson-client';

import { encode } from './basemap-format.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '..', 'src', 'lib', 'basemap', 'generated');
const require = createRequire(import.meta.url);

/** ISO 3166-1: the source has numbers, browsers know names by letters. */
const LETTERS = JSON.parse(readFileSync(join(here, 'countries.json'), 'utf8'));

for (const scale of ['50m', '10m']) {
  const source = require.resolve(`world-atlas/countries-${scale}.json`);
  const file = join(target, `world-${scale}.bin`);
  if (isNewer(file, [source, fileURLToPath(import.meta.url)])) continue;
  const world = JSON.parse(readFileSync(source, 'utf8'));
  const bytes = encode(gridOf(world, scale === '50m'));
  mkdirSync(target, { recursive: true });
  writeFileSync(file, bytes);
  console.log(`${file}: ${bytes.length} bytes`);
}

function isNewer(file, sources) {
  try {
    const made = statSync(file).mtimeMs;
    return sources.every((source) => statSync(source).mtimeMs < made);
  } catch {
    return false;
  }
}

function gridOf(world, named) {
  const { scale, translate } = world.transform;
  const cell = ([lon, lat]) => [
    Math.round((lon - translate[0]) / scale[0]),
    Math.round((lat - translate[1]) / scale[1]),
  ];
  const polygons = polygonsOf(feature(world, world.objects.land))
    .flatMap(copies)
    .map((rings) => rings.map((ring) => ring.map(cell)));
  const borders = mesh(world, world.objects.countries, (a, b) => a !== b);
  const lines = borders.coordinates.map((line) => line.map(cell));
  const names = named ? namesOf(world).map((name) => ({ ...name, at: cell(name.at) })) : [];
  return { scale, translate, polygons, lines, names };
}

function polygonsOf(found) {
  const features = found.type === 'FeatureCollection' ? found.features : [found];
  return features.flatMap(({ geometry }) =>
    geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
  );
}

/**
 * A polygon without jumps at the date line: unrolled, and once more on the other side of the
 * world where it reaches beyond it, so that tiles on both sides find their part.
 */
function copies(rings) {
  const unrolled = rings.map(unroll);
  const [outline] = unrolled;
  const west = Math.min(...outline.map(([x]) => x));
  const east = Math.max(...outline.map(([x]) => x));
  return [-720, -360, 0, 360, 720]
    .filter((turn) => west + turn < 180 && east + turn > -180)
    .map((turn) => unrolled.map((ring) => ring.map(([x, y]) => [x + turn, y])));
}

function unroll(ring) {
  let turn = 0;
  const found = ring.map(([x, y], at) => {
    const before = at === 0 ? x : ring[at - 1][0];
    if (x - before > 180) turn -= 360;
    else if (x - before < -180) turn += 360;
    return [x + turn, y];
  });
  // Around the pole a ring does not close: it goes on along the edge of the map.
  if (turn !== 0) {
    const pole = found[0][1] < 0 ? -90 : 90;
    found.push([found.at(-1)[0], pole], [found[0][0], pole], found[0]);
  }
  return found;
}

/** Where each country's name goes: the middle of its largest part, as far from its edges as may be. */
function namesOf(world) {
  return feature(world, world.objects.countries)
    .features.map((country) => {
      const code = LETTERS[country.id] ?? LETTERS[country.properties.name];
      const largest = polygonsOf(country)
        .map((rings) => rings.map(unroll))
        .map((rings) => ({ rings, area: Math.abs(areaOf(rings[0])) }))
        .sort((a, b) => b.area - a.area)[0];
      // Rank 0 is named on maps of the world, 8 only close by.
      const rank = Math.max(0, Math.min(8, Math.round(7 - Math.log2(largest.area + 0.01))));
      return { code, rank, at: innermost(largest.rings) };
    })
    .filter((name) => name.code);
}

function areaOf(ring) {
  let sum = 0;
  for (let at = 1; at < ring.length; at += 1) {
    const [x, y] = ring[at - 1];
    const [u, v] = ring[at];
    sum += (x * v - u * y) * Math.cos(((y + v) / 360) * Math.PI);
  }
  return sum / 2;
}

/** A point of a grid that lies inside and farthest from the outline: names fit there. */
function innermost(rings) {
  const [outline] = rings;
  const xs = outline.map(([x]) => x);
  const ys = outline.map(([, y]) => y);
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  let best = { at: outline[0], far: -1 };
  for (let i = 1; i < 30; i += 1) {
    for (let j = 1; j < 30; j += 1) {
      const at = [west + ((east - west) * i) / 30, south + ((north - south) * j) / 30];
      if (!inside(at, rings)) continue;
      const stretch = Math.cos((at[1] * Math.PI) / 180);
      // Names are wide and low: room to the sides counts for less than it measures.
      const far = Math.min(...outline.map(([x, y]) => Math.hypot(((x - at[0]) * stretch) / 1.8, y - at[1])));
      if (far > best.far) best = { at, far };
    }
  }
  return best.at;
}

function inside([x, y], rings) {
  let odd = false;
  for (const ring of rings) {
    for (let at = 1; at < ring.length; at += 1) {
      const [ax, ay] = ring[at - 1];
      const [bx, by] = ring[at];
      if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) odd = !odd;
    }
  }
  return odd;
}
