/** The event graph as the server gives it. */
import type { Family } from '../../lib/marks';

export type EdgeType =
  | 'before'
  | 'causes'
  | 'prevents'
  | 'responds_to'
  | 'same'
  | 'contradicts'
  | 'updates'
  | 'retracts';

export interface Node {
  id: number;
  document: number;
  document_name: string;
  sensitivity: string;
  type: string;
  family: Family;
  trigger: { start: number; end: number; text: string };
  sentence: { start: number; end: number; text: string };
  polarity: string;
  certainty: string;
  attribution: string | null;
  state: string;
  when: { earliest: string | null; latest: string | null };
  place: string | null;
  incident: string | null;
  contradicted: boolean;
  layer: number;
  row: number;
}

export interface Edge {
  source: number;
  target: number;
  type: EdgeType;
  basis: 'text' | 'days' | 'incident';
  confidence: number | null;
  why: string | null;
  contradicted: boolean;
}

export interface Graph {
  nodes: Node[];
  edges: Edge[];
  contradictions: { kind: 'cycle' | 'days'; claims: number[]; why: string }[];
  notes: string[];
}

/** What edges are shown by: their type, and apart those that only follow from days. */
export const KINDS = [
  'causes',
  'prevents',
  'responds_to',
  'before',
  'days',
  'same',
  'contradicts',
  'updates',
] as const;
export type Kind = (typeof KINDS)[number];

/** The kind of an edge in the legend. */
export function kindOf(edge: Pick<Edge, 'type' | 'basis'>): Kind {
  if (edge.type === 'before' && edge.basis === 'days') return 'days';
  return edge.type === 'retracts' ? 'updates' : edge.type;
}

/** How many edges there are of each kind. */
export function countsOf(edges: readonly Edge[]): Map<Kind, number> {
  const found = new Map<Kind, number>();
  for (const edge of edges) found.set(kindOf(edge), (found.get(kindOf(edge)) ?? 0) + 1);
  return found;
}

/** Whether an edge has no direction. */
export function isMutual(edge: Pick<Edge, 'type'>): boolean {
  return edge.type === 'same' || edge.type === 'contradicts';
}

/** The edges of the kinds that are shown, and only one of each kind between two claims. */
export function shownEdges(graph: Graph, hidden: ReadonlySet<Kind>): Edge[] {
  const known = new Set(graph.nodes.map((node) => node.id));
  const seen = new Set<string>();
  // Claims that contradict each other are of one incident: that need not be said as well.
  const quarrels = new Set(
    graph.edges
      .filter((edge) => edge.type === 'contradicts' && !hidden.has('contradicts'))
      .map((edge) => pairOf(edge)),
  );
  return graph.edges.filter((edge) => {
    if (edge.type === 'same' && quarrels.has(pairOf(edge))) return false;
    if (hidden.has(kindOf(edge)) || !known.has(edge.source) || !known.has(edge.target)) return false;
    const ends = isMutual(edge) ? pairOf(edge) : `${String(edge.source)}-${String(edge.target)}`;
    const key = `${ends} ${edge.type}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function pairOf(edge: Pick<Edge, 'source' | 'target'>): string {
  return [Math.min(edge.source, edge.target), Math.max(edge.source, edge.target)].join('-');
}
