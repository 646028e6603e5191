/** What the map shows, what was loaded for it, and whether that still suffices: pure. */

/** West, south, east, north in degrees; west may lie beyond -180 after a turn around the world. */
export interface Bounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** What was loaded: for which query, zoom and box. */
export interface Loaded {
  readonly query: string;
  readonly zoom: number;
  readonly bounds: Bounds;
}

/** The box with so much of its width and height added on each side. */
export function widened(bounds: Bounds, share: number): Bounds {
  const across = (bounds.east - bounds.west) * share;
  const up = (bounds.north - bounds.south) * share;
  return {
    west: bounds.west - across,
    south: Math.max(-90, bounds.south - up),
    east: bounds.east + across,
    north: Math.min(90, bounds.north + up),
  };
}

/** Whether one box lies within another. */
export function contains(outer: Bounds, inner: Bounds): boolean {
  const isWorld = outer.east - outer.west >= 360;
  return (
    (isWorld || (outer.west <= inner.west && outer.east >= inner.east)) &&
    outer.south <= inner.south &&
    outer.north >= inner.north
  );
}

/** Whether a point lies within a box, on whatever turn around the world. */
export function holds(bounds: Bounds, latitude: number, longitude: number): boolean {
  if (latitude < bounds.south || latitude > bounds.north) return false;
  return nearestTurn(longitude, (bounds.west + bounds.east) / 2) >= bounds.west &&
    nearestTurn(longitude, (bounds.west + bounds.east) / 2) <= bounds.east;
}

/** The longitude, turned by 360 degrees until it is nearest to another. */
export function nearestTurn(longitude: number, to: number): number {
  return longitude + 360 * Math.round((to - longitude) / 360);
}

/** Whether the map must ask the server again: not while it moves within what it has. */
export function needsLoad(loaded: Loaded | null, query: string, zoom: number, view: Bounds): boolean {
  if (!loaded || loaded.query !== query || loaded.zoom !== zoom) return true;
  return !contains(loaded.bounds, clamped(view));
}

/** A box within the world's latitudes. */
export function clamped(bounds: Bounds): Bounds {
  return { ...bounds, south: Math.max(-90, bounds.south), north: Math.min(90, bounds.north) };
}

/**
 * A box as the server takes it: within -180 and 180, west greater than east over the date line.
 * A box of the whole world or more is the world.
 */
export function serverBox(bounds: Bounds): string {
  const { south, north } = clamped(bounds);
  let [west, east] = [-180, 180];
  if (bounds.east - bounds.west < 360) {
    west = wrapped(bounds.west);
    east = wrapped(bounds.east);
  }
  return [west, south, east, north].map((value) => String(rounded(value, 4))).join(',');
}

/** A longitude within -180 and 180. */
export function wrapped(longitude: number): number {
  if (longitude >= -180 && longitude <= 180) return longitude;
  return ((((longitude + 180) % 360) + 360) % 360) - 180;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** How many pixels a kilometre is on the map at a latitude and zoom. */
export function pixelsPerKm(latitude: number, zoom: number): number {
  const bounded = Math.max(-85, Math.min(85, latitude));
  return (256 * 2 ** zoom) / (40_075.017 * Math.cos((bounded * Math.PI) / 180));
}

/** A round distance and its length for a scale bar, at most so many pixels long. */
export function scaleBar(latitude: number, zoom: number, longest = 110): { km: number; width: number } {
  const perKm = pixelsPerKm(latitude, zoom);
  let km = 0.001;
  for (const power of [0.01, 0.1, 1, 10, 100, 1000, 10_000]) {
    for (const step of [1, 2, 5]) if (step * power * perKm <= longest) km = step * power;
  }
  return { km, width: km * perKm };
}

const WITHIN = /(^|\s)-?within:\S+/g;

/** The query with a drawn box as its only one, or with none. */
export function withBox(query: string, bounds: Bounds | null): string {
  const rest = query.replace(WITHIN, ' ').replace(/\s+/g, ' ').trim();
  if (!bounds) return rest;
  const digits = Math.max(2, Math.min(5, 2 - Math.floor(Math.log10(bounds.east - bounds.west || 1))));
  const numbers = [wrapped(bounds.west), bounds.south, wrapped(bounds.east), bounds.north];
  const box = `within:${numbers.map((value) => rounded(value, digits)).join(',')}`;
  if (!rest) return box;
  return /\sOR\s/.test(rest) ? `(${rest}) ${box}` : `${rest} ${box}`;
}

/** The box that a query names, where it names one. */
export function boxOf(query: string): Bounds | null {
  const found = /(?:^|\s)within:(-?[\d.]+),(-?[\d.]+),(-?[\d.]+),(-?[\d.]+)(?=\s|\)|$)/.exec(query);
  if (!found) return null;
  const [west, south, east, north] = found.slice(1).map(Number) as [number, number, number, number];
  if ([west, south, east, north].some(Number.isNaN)) return null;
  return { west, south, east: east < west ? east + 360 : east, north };
}
