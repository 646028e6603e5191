/** Draws one tile of the basemap on a canvas: sea, graticule, land, coast, borders. */
import { clipRing, graticuleStep, meets, tileView, toPixels, visibleRuns, type View } from './clipping';
import { mercatorX, mercatorY, type World } from './format';
import type { Palette } from './palette';

/** Draws a tile; the context is already scaled to the screen's density. */
export function drawTile(
  context: CanvasRenderingContext2D,
  world: World | null,
  tile: { x: number; y: number; z: number; size?: number },
  colours: Palette,
): void {
  const view = tileView(tile.x, tile.y, tile.z, tile.size);
  context.fillStyle = colours.sea;
  context.fillRect(0, 0, view.size, view.size);
  if (!world || tile.y < 0 || tile.y >= 2 ** tile.z) return;
  drawGrid(context, view, tile.z, colours);
  drawLand(context, view, world, colours);
  context.strokeStyle = colours.border;
  context.lineWidth = tile.z < 4 ? 0.6 : 1.1;
  context.lineJoin = 'round';
  context.beginPath();
  for (const border of world.borders) {
    if (!meets(border.box, view)) continue;
    for (const run of visibleRuns(toPixels(border, view), view)) trace(context, run);
  }
  context.stroke();
}

function drawLand(context: CanvasRenderingContext2D, view: View, world: World, colours: Palette): void {
  context.fillStyle = colours.land;
  context.strokeStyle = colours.coast;
  context.lineWidth = 0.8;
  context.lineJoin = 'round';
  for (const polygon of world.polygons) {
    if (!meets(polygon.box, view)) continue;
    context.beginPath();
    for (const ring of polygon.rings) {
      if (!meets(ring.box, view)) continue;
      const pixels = clipRing(toPixels(ring, view), view);
      if (pixels.length < 6) continue;
      trace(context, pixels);
      context.closePath();
    }
    context.fill('evenodd');
  }
  context.beginPath();
  const [first, last] = [-view.left, view.scale - view.left];
  for (const polygon of world.polygons) {
    if (!meets(polygon.box, view)) continue;
    for (const ring of polygon.rings) {
      if (!meets(ring.box, view)) continue;
      for (const run of visibleRuns(toPixels(ring, view), view)) traceCoast(context, run, first, last);
    }
  }
  context.stroke();
}

/** The date line and the pole cut land where there is no coast. */
function traceCoast(context: CanvasRenderingContext2D, run: number[], first: number, last: number): void {
  context.moveTo(run[0] as number, run[1] as number);
  for (let at = 2; at < run.length; at += 2) {
    const [before, x, y] = [run[at - 2] as number, run[at] as number, run[at + 1] as number];
    const cut = (near(before, first) && near(x, first)) || (near(before, last) && near(x, last));
    if (cut) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
}

function near(one: number, other: number): boolean {
  return Math.abs(one - other) < 0.05;
}

function trace(context: CanvasRenderingContext2D, pixels: number[]): void {
  context.moveTo(pixels[0] as number, pixels[1] as number);
  for (let at = 2; at < pixels.length; at += 2) {
    context.lineTo(pixels[at] as number, pixels[at + 1] as number);
  }
}

function drawGrid(context: CanvasRenderingContext2D, view: View, zoom: number, colours: Palette): void {
  const step = graticuleStep(zoom);
  context.strokeStyle = colours.grid;
  context.lineWidth = 0.6;
  context.beginPath();
  for (let line = -180; line <= 180; line += step) {
    const x = Math.round(mercatorX(line) * view.scale - view.left) + 0.5;
    if (x < -1 || x > view.size + 1) continue;
    context.moveTo(x, 0);
    context.lineTo(x, view.size);
  }
  for (let line = Math.ceil(-85 / step) * step; line <= 85; line += step) {
    const y = Math.round(mercatorY(line) * view.scale - view.top) + 0.5;
    if (y < -1 || y > view.size + 1) continue;
    context.moveTo(0, y);
    context.lineTo(view.size, y);
  }
  context.stroke();
}
