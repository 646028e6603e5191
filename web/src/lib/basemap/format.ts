/** Reads the basemap that `scripts/basemap.mjs` wrote; `scripts/basemap-format.mjs` says how. */

/** A ring or line in the unit square of the web's Mercator projection: x, y, x, y, ... */
export interface Path {
  readonly points: Float64Array;
  readonly box: Box;
}

/** West, north, east, south in the unit square: y grows downwards. */
export type Box = readonly [number, number, number, number];

/** Land: an outline and its holes. */
export interface Polygon {
  readonly rings: readonly Path[];
  readonly box: Box;
}

/** Where the name of a country goes; a low rank is shown from far away. */
export interface CountryName {
  readonly code: string;
  readonly rank: number;
  readonly x: number;
  readonly y: number;
}

/** The world as it is drawn. */
export interface World {
  readonly polygons: readonly Polygon[];
  readonly borders: readonly Path[];
  readonly names: readonly CountryName[];
}

const MAGIC = 'TMB1';
/** The projection ends here, as everywhere on the web. */
const MAX_LATITUDE = 85.051129;

/** Degrees east to the unit square. */
export function mercatorX(longitude: number): number {
  return longitude / 360 + 0.5;
}

/** Degrees north to the unit square. */
export function mercatorY(latitude: number): number {
  const bounded = Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, latitude));
  const sine = Math.sin((bounded * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** Reads a basemap; throws where the bytes are none. */
export function decode(bytes: Uint8Array): World {
  const reader = new Reader(bytes);
  reader.head();
  const polygons = reader.list(() => polygonOf(reader.list(() => reader.path())));
  const borders = reader.list(() => reader.path());
  const names = reader.list(() => reader.name());
  return { polygons, borders, names };
}

function polygonOf(rings: Path[]): Polygon {
  const outline = rings[0];
  if (!outline) throw new Error('a polygon of the basemap has no outline');
  return { rings, box: outline.box };
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #scale: [number, number] = [1, 1];
  #offset: [number, number] = [0, 0];

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  head(): void {
    const magic = String.fromCharCode(...this.#bytes.subarray(0, 4));
    if (magic !== MAGIC || this.#bytes.length < 36) throw new Error('this is no basemap');
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + 4, 32);
    this.#scale = [view.getFloat64(0, true), view.getFloat64(8, true)];
    this.#offset = [view.getFloat64(16, true), view.getFloat64(24, true)];
    this.#at = 36;
  }

  list<T>(read: () => T): T[] {
    return Array.from({ length: this.#unsigned() }, read);
  }

  path(): Path {
    const count = this.#unsigned();
    const points = new Float64Array(count * 2);
    let column = 0;
    let row = 0;
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let at = 0; at < count; at += 1) {
      column += this.#signed();
      row += this.#signed();
      const [x, y] = this.#project(column, row);
      points[at * 2] = x;
      points[at * 2 + 1] = y;
      west = Math.min(west, x);
      east = Math.max(east, x);
      north = Math.min(north, y);
      south = Math.max(south, y);
    }
    return { points, box: [west, north, east, south] };
  }

  name(): CountryName {
    const code = String.fromCharCode(this.#byte(), this.#byte());
    const rank = this.#unsigned();
    const column = this.#signed();
    const [x, y] = this.#project(column, this.#signed());
    return { code, rank, x, y };
  }

  #project(column: number, row: number): [number, number] {
    return [
      mercatorX(column * this.#scale[0] + this.#offset[0]),
      mercatorY(row * this.#scale[1] + this.#offset[1]),
    ];
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new Error('the basemap ends too early');
    this.#at += 1;
    return byte;
  }

  #unsigned(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.#byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      factor *= 128;
    }
  }

  #signed(): number {
    const value = this.#unsigned();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }
}
