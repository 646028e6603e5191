/**
 * The file of a basemap: polygons of land, lines of borders and points for names of countries.
 *
 * All numbers are varints; coordinates are whole steps of the source's grid, each point told by
 * its distance from the one before (zigzag). Half the size of TopoJSON, read in one pass:
 *
 *     "TMB1" | transform: 4 float64 (scale x, y, offset x, y), little endian
 *     polygons: count, each: count of rings, each ring: count of points, dx dy ...
 *     lines: count, each: count of points, dx dy ...
 *     names: count, each: two letters of ISO 3166-1 (2 bytes), rank, x, y (from the grid's zero)
 */

export const MAGIC = 'TMB1';

/** @typedef {[number, number]} Cell */
/**
 * @typedef {object} Grid
 * @property {[number, number]} scale
 * @property {[number, number]} translate
 * @property {Cell[][][]} polygons
 * @property {Cell[][]} lines
 * @property {{code: string, rank: number, at: Cell}[]} names
 */

/**
 * Writes a basemap.
 * @param {Grid} grid
 * @returns {Uint8Array}
 */
export function encode(grid) {
  /** @type {number[]} */
  const bytes = [...MAGIC].map((letter) => letter.charCodeAt(0));
  const head = new Uint8Array(32);
  const view = new DataView(head.buffer);
  [...grid.scale, ...grid.translate].forEach((value, at) => view.setFloat64(at * 8, value, true));
  for (const byte of head) bytes.push(byte);

  /** @param {number} value */
  const unsigned = (value) => {
    let rest = value;
    while (rest >= 128) {
      bytes.push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    bytes.push(rest);
  };
  /** @param {number} value */
  const signed = (value) => unsigned(value < 0 ? -2 * value - 1 : 2 * value);
  /** @param {Cell[]} points */
  const path = (points) => {
    unsigned(points.length);
    let [x, y] = [0, 0];
    for (const [px, py] of points) {
      signed(px - x);
      signed(py - y);
      [x, y] = [px, py];
    }
  };

  unsigned(grid.polygons.length);
  for (const rings of grid.polygons) {
    unsigned(rings.length);
    rings.forEach(path);
  }
  unsigned(grid.lines.length);
  grid.lines.forEach(path);
  unsigned(grid.names.length);
  for (const name of grid.names) {
    bytes.push(name.code.charCodeAt(0), name.code.charCodeAt(1));
    unsigned(name.rank);
    signed(name.at[0]);
    signed(name.at[1]);
  }
  return Uint8Array.from(bytes);
}
