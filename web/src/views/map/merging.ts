/** Puts clusters together that would be drawn over one another: pure. */
import { mercatorX, mercatorY } from '../../lib/basemap/format';
import type { Family } from '../../lib/marks';

import { radiusOf } from './drawing';
import { familiesOf, type Cluster } from './scene';
import { nearestTurn } from './viewport';

/** So much of their radii may two overlap before they become one. */
const OVERLAP = 0.82;
const CELL = 72;
/** At most so many numbers of claims are kept, as the server does. */
const MOST_CLAIMS = 50;

interface Spot {
  cluster: Cluster;
  x: number;
  y: number;
}

/**
 * The clusters to draw at a zoom. What lies at one place and what is far apart stays as it is;
 * nothing is merged at the closest zoom, where every place is to be seen.
 */
export function merged(clusters: readonly Cluster[], zoom: number, closest = 16): Cluster[] {
  if (zoom >= closest) return [...clusters];
  const scale = 256 * 2 ** zoom;
  const cells = new Map<string, Spot[]>();
  const found: Spot[] = [];
  const spotOf = (cluster: Cluster): Spot => ({
    cluster,
    x: mercatorX(cluster.longitude) * scale,
    y: mercatorY(cluster.latitude) * scale,
  });
  const key = (x: number, y: number): string => `${String(Math.floor(x / CELL))},${String(Math.floor(y / CELL))}`;
  const ordered = [...clusters].sort(
    (a, b) => b.count - a.count || a.latitude - b.latitude || a.longitude - b.longitude,
  );
  for (const cluster of ordered) {
    const spot = spotOf(cluster);
    const near = nearest(cells, spot);
    if (near) {
      // It stays where the larger one is: nothing else can come to lie over it.
      near.cluster = joined(near.cluster, cluster);
      continue;
    }
    found.push(spot);
    const there = cells.get(key(spot.x, spot.y));
    if (there) there.push(spot);
    else cells.set(key(spot.x, spot.y), [spot]);
  }
  return found.map((spot) => spot.cluster);
}

function nearest(cells: ReadonlyMap<string, Spot[]>, spot: Spot): Spot | undefined {
  const [column, row] = [Math.floor(spot.x / CELL), Math.floor(spot.y / CELL)];
  let best: Spot | undefined;
  let least = Infinity;
  for (let x = column - 1; x <= column + 1; x += 1) {
    for (let y = row - 1; y <= row + 1; y += 1) {
      for (const other of cells.get(`${String(x)},${String(y)}`) ?? []) {
        const far = Math.hypot(other.x - spot.x, other.y - spot.y);
        const room = (radiusOf(other.cluster.count) + radiusOf(spot.cluster.count)) * OVERLAP;
        if (far < room && far < least) {
          least = far;
          best = other;
        }
      }
    }
  }
  return best;
}

/** Two clusters as one. */
export function joined(one: Cluster, other: Cluster): Cluster {
  const types = { ...one.types };
  for (const [type, count] of Object.entries(other.types)) types[type] = (types[type] ?? 0) + count;
  const families: Record<Family, number> = familiesOf(one);
  for (const [family, count] of Object.entries(familiesOf(other))) families[family as Family] += count;
  const turn = (longitude: number): number => nearestTurn(longitude, one.longitude);
  return {
    latitude: one.latitude,
    longitude: one.longitude,
    count: one.count + other.count,
    types,
    families,
    contested: one.contested + other.contested,
    denied: one.denied + other.denied,
    radius_km: Math.max(one.radius_km ?? 0, other.radius_km ?? 0) || null,
    bounds: [
      Math.min(one.bounds[0], turn(other.bounds[0])),
      Math.min(one.bounds[1], other.bounds[1]),
      Math.max(one.bounds[2], turn(other.bounds[2])),
      Math.max(one.bounds[3], other.bounds[3]),
    ],
    one_place: false,
    place: one.place !== null && one.place === other.place ? one.place : null,
    claims: [...one.claims, ...other.claims].slice(0, MOST_CLAIMS),
    claim: null,
  };
}
