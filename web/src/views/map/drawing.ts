/** Draws claims, clusters and sides on the map's canvas. */
import { token } from '../../lib/basemap/palette';
import { FAMILIES, colourToken, path2d, SHAPE_OF, type Family, type Shape } from '../../lib/marks';

/** Colours as they are now, light or dark. */
export interface Inks {
  readonly family: Readonly<Record<Family, string>>;
  readonly sides: readonly string[];
  readonly contested: string;
  readonly ink: string;
  readonly paper: string;
  readonly label: string;
  readonly country: string;
  readonly halo: string;
  readonly focus: string;
}

export function inks(): Inks {
  const family = Object.fromEntries(
    FAMILIES.map((name) => [name, token(colourToken(name), '#777')]),
  ) as Record<Family, string>;
  return {
    family,
    sides: [0, 1, 2, 3, 4, 5, 6].map((at) => token(`--side-${String(at)}`, '#777')),
    contested: token('--contested', '#b00020'),
    ink: token('--map-ink', '#1f2328'),
    paper: token('--map-paper', '#fff'),
    label: token('--map-label', '#444'),
    country: token('--map-country', '#888'),
    halo: token('--map-halo', '#ffffffd9'),
    focus: token('--focus', token('--accent', '#1463c4')),
  };
}

/** What is drawn at one point, in pixels of the canvas. */
export interface Item {
  readonly x: number;
  readonly y: number;
  readonly count: number;
  readonly families: Readonly<Record<Family, number>>;
  /** How many are contradicted. */
  readonly contested: number;
  /** Only one claim: denied, or not certain. */
  readonly denied: boolean;
  readonly doubted: boolean;
  /** Within how many pixels it lies. */
  readonly reach: number;
}

/** A point is never drawn bare: the least circle around it, in pixels. */
const LEAST_REACH = 13;
const MARK = 7.5;

/** The radius of what is drawn for so many claims. */
export function radiusOf(count: number): number {
  return count <= 1 ? MARK + 2 : Math.min(30, 11 + 3.4 * Math.log2(count) ** 0.92);
}

/** The circle within which something lies. */
export function drawReach(context: CanvasRenderingContext2D, item: Item, colours: Inks, strong = false): void {
  const reach = item.count > 1 ? item.reach : Math.max(item.reach, LEAST_REACH);
  if (item.count > 1 && reach < radiusOf(item.count) + 3) return;
  const colour = colours.family[mainFamily(item.families)];
  context.save();
  context.beginPath();
  context.arc(item.x, item.y, reach, 0, 2 * Math.PI);
  context.globalAlpha = strong ? 0.2 : item.count > 1 ? 0.05 : 0.12;
  context.fillStyle = colour;
  context.fill();
  context.globalAlpha = strong ? 1 : item.count > 1 ? 0.4 : 0.65;
  context.strokeStyle = colour;
  context.lineWidth = strong ? 2 : 1;
  context.setLineDash([4, 3]);
  context.stroke();
  context.restore();
}

/** The sign of one claim, or the ring of a cluster. */
export function drawItem(context: CanvasRenderingContext2D, item: Item, colours: Inks): void {
  if (item.count > 1) drawCluster(context, item, colours);
  else drawClaim(context, item, colours);
}

function drawClaim(context: CanvasRenderingContext2D, item: Item, colours: Inks): void {
  const family = mainFamily(item.families);
  const hollow = item.denied || item.doubted;
  if (item.contested > 0) drawContested(context, item.x, item.y, MARK + 5, colours);
  drawShape(context, item.x, item.y, {
    shape: SHAPE_OF[family],
    colour: colours.family[family],
    paper: colours.paper,
    radius: MARK,
    hollow,
  });
  if (item.denied) {
    context.save();
    context.strokeStyle = colours.family[family];
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(item.x - MARK, item.y + MARK);
    context.lineTo(item.x + MARK, item.y - MARK);
    context.stroke();
    context.restore();
  }
}

/** A shape with an outline of paper, so that it is seen on whatever lies below. */
export function drawShape(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  look: { shape: Shape; colour: string; paper: string; radius: number; hollow?: boolean },
): void {
  const path = path2d(look.shape);
  context.save();
  context.translate(x, y);
  context.scale(look.radius, look.radius);
  context.lineJoin = 'round';
  context.strokeStyle = look.paper;
  context.lineWidth = (look.hollow ? 5.4 : 3) / look.radius;
  context.stroke(path);
  context.fillStyle = look.hollow ? look.paper : look.colour;
  context.fill(path);
  if (look.hollow) {
    context.strokeStyle = look.colour;
    context.lineWidth = 2.2 / look.radius;
    context.stroke(path);
  }
  context.restore();
}

function drawCluster(context: CanvasRenderingContext2D, item: Item, colours: Inks): void {
  const radius = radiusOf(item.count);
  const ring = Math.max(4, radius * 0.26);
  context.save();
  context.beginPath();
  context.arc(item.x, item.y, radius + 1.5, 0, 2 * Math.PI);
  context.fillStyle = colours.paper;
  context.fill();
  context.lineWidth = ring;
  const total = FAMILIES.reduce((sum, family) => sum + item.families[family], 0) || 1;
  const parts = FAMILIES.filter((family) => item.families[family] > 0);
  const gap = parts.length > 1 ? 1.6 / radius : 0;
  let angle = -Math.PI / 2;
  for (const family of parts) {
    const share = (item.families[family] / total) * 2 * Math.PI;
    context.beginPath();
    context.arc(item.x, item.y, radius - ring / 2, angle + gap / 2, angle + Math.max(share - gap / 2, 0.02));
    context.strokeStyle = colours.family[family];
    context.stroke();
    angle += share;
  }
  context.fillStyle = colours.ink;
  const label = countLabel(item.count);
  const size = Math.max(10, Math.min(14, (radius - ring) * (label.length > 3 ? 0.8 : 1)));
  context.font = `600 ${String(size)}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(label, item.x, item.y + 0.5);
  context.restore();
  if (item.contested > 0) drawContestedBadge(context, item.x + radius * 0.74, item.y - radius * 0.74, colours);
}

/** 950, 1.2k, 34k: what fits into a ring. */
export function countLabel(count: number): string {
  if (count < 1000) return String(count);
  if (count < 10_000) return `${(Math.floor(count / 100) / 10).toString()}k`;
  if (count < 1_000_000) return `${String(Math.floor(count / 1000))}k`;
  return `${(Math.floor(count / 100_000) / 10).toString()}M`;
}

/** Four strokes around what is contradicted: seen without its colour. */
function drawContested(context: CanvasRenderingContext2D, x: number, y: number, radius: number, colours: Inks): void {
  context.save();
  for (const [width, colour] of [[4.6, colours.paper], [2.4, colours.contested]] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    for (let at = 0; at < 4; at += 1) {
      context.beginPath();
      context.arc(x, y, radius, (at * Math.PI) / 2 + 0.3, ((at + 1) * Math.PI) / 2 - 0.3);
      context.stroke();
    }
  }
  context.restore();
  drawContestedBadge(context, x + radius * 0.85, y - radius * 0.85, colours);
}

/** The sign ≠ on a disc. */
export function drawContestedBadge(context: CanvasRenderingContext2D, x: number, y: number, colours: Inks): void {
  const radius = 7;
  context.save();
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colours.contested;
  context.fill();
  context.strokeStyle = colours.paper;
  context.lineWidth = 1.6;
  context.stroke();
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x - 3.4, y - 1.5);
  context.lineTo(x + 3.4, y - 1.5);
  context.moveTo(x - 3.4, y + 1.7);
  context.lineTo(x + 3.4, y + 1.7);
  context.moveTo(x + 2, y - 4);
  context.lineTo(x - 2, y + 4.2);
  context.stroke();
  context.restore();
}

/** The ring of what is selected or pointed at. */
export function drawFocus(context: CanvasRenderingContext2D, x: number, y: number, radius: number, colours: Inks): void {
  context.save();
  for (const [width, colour] of [[6, colours.paper], [3, colours.focus]] as const) {
    context.beginPath();
    context.arc(x, y, radius + 5, 0, 2 * Math.PI);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }
  context.restore();
}

/** The family that most claims have; of equals the first of the legend. */
export function mainFamily(families: Readonly<Record<Family, number>>): Family {
  let best: Family = 'combat';
  for (const family of FAMILIES) if (families[family] > families[best]) best = family;
  return best;
}

/** Words with a halo, readable on whatever lies below. */
export function drawName(
  context: CanvasRenderingContext2D,
  words: string,
  x: number,
  y: number,
  look: { colour: string; halo: string },
): void {
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = look.halo;
  context.strokeText(words, x, y);
  context.fillStyle = look.colour;
  context.fillText(words, x, y);
}
