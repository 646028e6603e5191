/** Paths of the world cut to a tile and thinned to its pixels: pure geometry. */
import type { Box, Path } from './format';

/** How the unit square becomes pixels of a tile: pixel = unit * scale - offset. */
export interface View {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  /** Width and height in pixels. */
  readonly size: number;
  /** So many pixels around the tile are kept, so that cut edges are never seen. */
  readonly margin: number;
}

/** The view of one tile of a zoom; columns beyond the world wrap around. */
export function tileView(x: number, y: number, zoom: number, size = 256, margin = 4): View {
  const count = 2 ** zoom;
  const column = ((x % count) + count) % count;
  return { scale: count * size, left: column * size, top: y * size, size, margin };
}

/** Whether a box of the unit square meets a tile. */
export function meets(box: Box, view: View): boolean {
  const low = -view.margin;
  const high = view.size + view.margin;
  return (
    box[0] * view.scale - view.left <= high &&
    box[2] * view.scale - view.left >= low &&
    box[1] * view.scale - view.top <= high &&
    box[3] * view.scale - view.top >= low
  );
}

/** Pixels of a path, without points that nobody could tell from the last one. */
export function toPixels(path: Path, view: View, tolerance = 0.4): number[] {
  const { points } = path;
  const found: number[] = [];
  let [lastX, lastY] = [NaN, NaN];
  for (let at = 0; at < points.length; at += 2) {
    const x = (points[at] as number) * view.scale - view.left;
    const y = (points[at + 1] as number) * view.scale - view.top;
    const isEnd = at === 0 || at === points.length - 2;
    if (!isEnd && Math.abs(x - lastX) < tolerance && Math.abs(y - lastY) < tolerance) continue;
    found.push(x, y);
    [lastX, lastY] = [x, y];
  }
  return found;
}

/** A ring cut to the tile and its margin (Sutherland and Hodgman); empty where nothing is left. */
export function clipRing(pixels: readonly number[], view: View): number[] {
  const low = -view.margin;
  const high = view.size + view.margin;
  let ring = pixels as number[];
  for (const [axis, bound, sign] of [
    [0, low, 1],
    [0, high, -1],
    [1, low, 1],
    [1, high, -1],
  ] as const) {
    ring = clipEdge(ring, axis, bound, sign);
    if (ring.length === 0) break;
  }
  return ring;
}

function clipEdge(ring: number[], axis: 0 | 1, bound: number, sign: 1 | -1): number[] {
  const found: number[] = [];
  const count = ring.length;
  if (count < 2) return found;
  let px = ring[count - 2] as number;
  let py = ring[count - 1] as number;
  let wasIn = ((axis === 0 ? px : py) - bound) * sign >= 0;
  for (let at = 0; at < count; at += 2) {
    const x = ring[at] as number;
    const y = ring[at + 1] as number;
    const isIn = ((axis === 0 ? x : y) - bound) * sign >= 0;
    if (isIn !== wasIn) {
      const part = axis === 0 ? (bound - px) / (x - px) : (bound - py) / (y - py);
      found.push(
        axis === 0 ? bound : px + (x - px) * part,
        axis === 0 ? py + (y - py) * part : bound,
      );
    }
    if (isIn) found.push(x, y);
    [px, py, wasIn] = [x, y, isIn];
  }
  return found;
}

/** The stretches of a line that come near the tile; whole segments, cut by the canvas. */
export function visibleRuns(pixels: readonly number[], view: View): number[][] {
  const low = -view.margin;
  const high = view.size + view.margin;
  const runs: number[][] = [];
  let run: number[] = [];
  for (let at = 2; at < pixels.length; at += 2) {
    const ax = pixels[at - 2] as number;
    const ay = pixels[at - 1] as number;
    const bx = pixels[at] as number;
    const by = pixels[at + 1] as number;
    const misses =
      (ax < low && bx < low) ||
      (ax > high && bx > high) ||
      (ay < low && by < low) ||
      (ay > high && by > high);
    if (misses) {
      if (run.length > 0) runs.push(run);
      run = [];
      continue;
    }
    if (run.length === 0) run.push(ax, ay);
    run.push(bx, by);
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

/** So many degrees lie between two lines of the graticule at a zoom. */
export function graticuleStep(zoom: number): number {
  const steps = [30, 30, 30, 20, 10, 5, 5, 2, 1, 0.5, 0.25, 0.1, 0.1, 0.05, 0.02];
  return steps[Math.max(0, Math.min(steps.length - 1, Math.round(zoom)))] as number;
}
