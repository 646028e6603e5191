/** Where claims go: layers from left to right in the order of what happened, by dagre. */
import dagre from '@dagrejs/dagre';

import type { Edge, Node } from './model';

export const NODE_WIDTH = 214;
export const NODE_HEIGHT = 64;
const GAP = { rank: 96, node: 20, part: 26, margin: 18 };
/** An arc between two reports bulges so far at most. */
const BULGE = 150;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Spot {
  readonly node: Node;
  /** Upper left corner. */
  readonly x: number;
  readonly y: number;
}

export interface Line {
  readonly edge: Edge;
  readonly path: string;
  /** Where its word stands. */
  readonly label: Point;
  /** Whether it links reports, as an arc beside them. */
  readonly isArc: boolean;
}

export interface Layout {
  readonly spots: readonly Spot[];
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

/** Whether an edge orders events: the others compare what reports say. */
export function orders(edge: Pick<Edge, 'type'>): boolean {
  return ['before', 'causes', 'prevents', 'responds_to'].includes(edge.type);
}

/** The earlier and the later claim of an edge that orders: who responds comes after. */
export function inTime(edge: Edge): [number, number] {
  return edge.type === 'responds_to' ? [edge.target, edge.source] : [edge.source, edge.target];
}

/** Claims that hang together, in the order of the first of each. */
export function parts(nodes: readonly Node[], edges: readonly Edge[]): Node[][] {
  const near = new Map<number, number[]>(nodes.map((node) => [node.id, []]));
  for (const { source, target } of edges) {
    near.get(source)?.push(target);
    near.get(target)?.push(source);
  }
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const seen = new Set<number>();
  const found: Node[][] = [];
  for (const root of nodes) {
    if (seen.has(root.id)) continue;
    seen.add(root.id);
    const part = [root.id];
    for (const id of part) {
      for (const other of near.get(id) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        part.push(other);
      }
    }
    found.push(part.flatMap((id) => byId.get(id) ?? []));
  }
  return found;
}

/**
 * Lays a graph out. What texts and days order is a part, laid out in layers; parts stand one
 * below the other. What reports say of one event (same, contradicts, updates) is drawn as arcs
 * at their left. Claims without any edge stand below in rows.
 */
export function layout(nodes: readonly Node[], edges: readonly Edge[]): Layout {
  const strong = edges.filter(orders);
  const weak = edges.filter((edge) => !orders(edge));
  const compared = new Set(weak.flatMap((edge) => [edge.source, edge.target]));
  const groups = parts(nodes, strong);
  const shown = groups.filter((part) => part.length > 1 || part.some((node) => compared.has(node.id)));
  const alone = groups.filter((part) => part.length === 1 && !compared.has(part[0]?.id ?? -1)).flat();
  const left = GAP.margin + (weak.length > 0 ? BULGE : 0);
  const spots: Spot[] = [];
  const lines: Line[] = [];
  let top = GAP.margin;
  for (const part of shown) {
    const inside = new Set(part.map((node) => node.id));
    const found = layPart(part, strong.filter((edge) => inside.has(edge.source)));
    const down = top;
    const moved = (point: Point): Point => ({ x: point.x + left, y: point.y + down });
    spots.push(...found.spots.map((spot) => ({ ...spot, ...moved(spot) })));
    for (const { edge, points } of found.lines) {
      const there = points.map(moved);
      lines.push({ edge, path: curve(there), label: middle(there), isArc: false });
    }
    top += found.height + GAP.part;
  }
  const width = Math.max(4 * (NODE_WIDTH + GAP.node), ...spots.map((spot) => spot.x + NODE_WIDTH));
  const across = Math.max(1, Math.floor((width - left + GAP.node) / (NODE_WIDTH + GAP.node)));
  alone.forEach((node, at) => {
    const x = left + (at % across) * (NODE_WIDTH + GAP.node);
    spots.push({ node, x, y: top + Math.floor(at / across) * (NODE_HEIGHT + GAP.node) });
  });
  lines.push(...arcs(weak, new Map(spots.map((spot) => [spot.node.id, spot]))));
  return {
    spots,
    lines,
    width: Math.max(0, ...spots.map((spot) => spot.x + NODE_WIDTH)) + GAP.margin,
    height: Math.max(0, ...spots.map((spot) => spot.y + NODE_HEIGHT)) + GAP.margin,
  };
}

interface Laid {
  spots: Spot[];
  lines: { edge: Edge; points: Point[] }[];
  height: number;
}

function layPart(nodes: readonly Node[], edges: readonly Edge[]): Laid {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', ranksep: GAP.rank, nodesep: GAP.node, edgesep: 14 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(String(node.id), { width: NODE_WIDTH, height: NODE_HEIGHT });
  edges.forEach((edge, at) => {
    const [first, second] = inTime(edge);
    if (first === second) return;
    graph.setEdge(String(first), String(second), { weight: edge.basis === 'text' ? 4 : 1 }, String(at));
  });
  dagre.layout(graph);
  const spots = nodes.map((node): Spot => {
    const at = graph.node(String(node.id)) as Point;
    return { node, x: at.x - NODE_WIDTH / 2, y: at.y - NODE_HEIGHT / 2 };
  });
  const lines: Laid['lines'] = [];
  edges.forEach((edge, at) => {
    const [first, second] = inTime(edge);
    const found = graph.edge(String(first), String(second), String(at)) as { points: Point[] } | undefined;
    // Drawn as it is told: from the source to the target.
    if (found) lines.push({ edge, points: first === edge.source ? found.points : [...found.points].reverse() });
  });
  const label = graph.graph() as { height?: number };
  return { spots, lines, height: label.height ?? NODE_HEIGHT };
}

function arcs(edges: readonly Edge[], spots: ReadonlyMap<number, Spot>): Line[] {
  const ends = edges.flatMap((edge) => {
    const [a, b] = [spots.get(edge.source), spots.get(edge.target)];
    return a && b ? [{ edge, a, b, far: Math.abs(a.y - b.y) }] : [];
  });
  const farthest = Math.max(1, ...ends.map((each) => each.far));
  return ends.map(({ edge, a, b, far }) => {
    // Claims of one kind stand a little apart where arcs meet at one claim.
    const shift = edge.type === 'same' ? 10 : edge.type === 'contradicts' ? -6 : 20;
    const [from, to] = [
      { x: a.x, y: a.y + NODE_HEIGHT / 2 + shift },
      { x: b.x, y: b.y + NODE_HEIGHT / 2 + shift },
    ];
    const bulge = 34 + (BULGE * 1.1 - 34) * Math.sqrt(far / farthest);
    const path = `M${round(from.x)} ${round(from.y)}C${round(from.x - bulge)} ${round(from.y)} ${round(to.x - bulge)} ${round(to.y)} ${round(to.x)} ${round(to.y)}`;
    const label = { x: (from.x + to.x) / 2 - bulge * 0.75, y: (from.y + to.y) / 2 };
    return { edge, path, label, isArc: true };
  });
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A smooth path through points. */
export function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${round(first.x)} ${round(first.y)}`;
  if (rest.length === 1) {
    const last = rest[0] as Point;
    const x = round((first.x + last.x) / 2);
    return `${path}C${x} ${round(first.y)} ${x} ${round(last.y)} ${round(last.x)} ${round(last.y)}`;
  }
  for (let at = 0; at < points.length - 1; at += 1) {
    const p0 = points[Math.max(at - 1, 0)] as Point;
    const p1 = points[at] as Point;
    const p2 = points[at + 1] as Point;
    const p3 = points[Math.min(at + 2, points.length - 1)] as Point;
    // Catmull and Rom's spline as a Bézier curve.
    const c1 = `${round(p1.x + (p2.x - p0.x) / 6)} ${round(p1.y + (p2.y - p0.y) / 6)}`;
    const c2 = `${round(p2.x - (p3.x - p1.x) / 6)} ${round(p2.y - (p3.y - p1.y) / 6)}`;
    path += `C${c1} ${c2} ${round(p2.x)} ${round(p2.y)}`;
  }
  return path;
}

/** The middle of a path through points, by length. */
export function middle(points: readonly Point[]): Point {
  const lengths = points.slice(1).map((point, at) => {
    const before = points[at] as Point;
    return Math.hypot(point.x - before.x, point.y - before.y);
  });
  let rest = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [at, length] of lengths.entries()) {
    const [a, b] = [points[at] as Point, points[at + 1] as Point];
    if (rest <= length) {
      const share = length === 0 ? 0 : rest / length;
      return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
    }
    rest -= length;
  }
  return points[0] ?? { x: 0, y: 0 };
}
