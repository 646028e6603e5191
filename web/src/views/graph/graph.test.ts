import { describe, expect, it } from 'vitest';

import { curve, inTime, layout, middle, NODE_HEIGHT, NODE_WIDTH, parts } from './layout';
import { isMutual, kindOf, shownEdges, type Edge, type EdgeType, type Graph, type Node } from './model';

function node(id: number): Node {
  return {
    id,
    document: 1,
    document_name: 'a',
    sensitivity: 'public',
    type: 'shelling',
    family: 'combat',
    trigger: { start: 0, end: 4, text: 'fell' },
    sentence: { start: 0, end: 4, text: 'fell' },
    polarity: 'affirmed',
    certainty: 'certain',
    attribution: null,
    state: 'pending',
    when: { earliest: null, latest: null },
    place: null,
    incident: null,
    contradicted: false,
    layer: 0,
    row: 0,
  };
}
function edge(source: number, target: number, type: EdgeType, basis: Edge['basis'] = 'text'): Edge {
  return { source, target, type, basis, confidence: null, why: null, contradicted: false };
}
const nodes = [1, 2, 3, 4, 5, 6].map(node);
const edges = [edge(1, 2, 'causes'), edge(3, 1, 'responds_to'), edge(2, 4, 'before', 'days'), edge(1, 5, 'contradicts', 'incident')];

describe('the layout', () => {
  const found = layout(nodes, edges);
  const spot = (id: number): { x: number; y: number } => found.spots.find((each) => each.node.id === id)!;

  it('puts what follows to the right', () => {
    expect(spot(1).x).toBeLessThan(spot(2).x);
    expect(spot(1).x).toBeLessThan(spot(3).x);
    expect(spot(2).x).toBeLessThan(spot(4).x);
  });
  it('covers nothing and keeps all within its size', () => {
    expect(found.spots).toHaveLength(nodes.length);
    for (const a of found.spots) {
      expect(a.x + NODE_WIDTH).toBeLessThanOrEqual(found.width);
      expect(a.y + NODE_HEIGHT).toBeLessThanOrEqual(found.height);
      for (const b of found.spots) {
        if (a !== b) expect(Math.abs(a.x - b.x) >= NODE_WIDTH || Math.abs(a.y - b.y) >= NODE_HEIGHT).toBe(true);
      }
    }
  });
  it('draws every edge, comparisons as arcs', () => {
    expect(found.lines).toHaveLength(edges.length);
    expect(found.lines.filter((line) => line.isArc).map((line) => line.edge.type)).toEqual(['contradicts']);
  });
  it('bears circles, loops and nothing at all', () => {
    expect(layout(nodes, [edge(1, 2, 'before'), edge(2, 1, 'before'), edge(3, 3, 'causes')]).spots).toHaveLength(6);
    expect(layout([], [])).toMatchObject({ spots: [], lines: [] });
  });
  it('is the same each time', () => {
    expect(layout(nodes, edges)).toEqual(found);
  });
});

it('knows which claim comes first, and what hangs together', () => {
  expect(inTime(edge(3, 1, 'responds_to'))).toEqual([1, 3]);
  expect(parts(nodes, edges).map((part) => part.map((each) => each.id).sort())).toEqual([[1, 2, 3, 4, 5], [6]]);
});

describe('edges', () => {
  const graph: Graph = {
    nodes,
    edges: [...edges, edge(5, 1, 'contradicts', 'incident'), edge(1, 5, 'same', 'incident'), edge(1, 99, 'before')],
    contradictions: [],
    notes: [],
  };
  it('are told once, without those to claims that are not there', () => {
    const shown = shownEdges(graph, new Set());
    expect(shown.filter((each) => each.type === 'contradicts')).toHaveLength(1);
    expect(shown.some((each) => each.target === 99)).toBe(false);
  });
  it('of one incident are not told where the claims contradict each other', () => {
    expect(shownEdges(graph, new Set()).some((each) => each.type === 'same')).toBe(false);
    expect(shownEdges(graph, new Set(['contradicts'] as const)).some((each) => each.type === 'same')).toBe(true);
  });
  it('have kinds that can be hidden', () => {
    expect(kindOf(edge(1, 2, 'before', 'days'))).toBe('days');
    expect(kindOf(edge(1, 2, 'retracts'))).toBe('updates');
    expect(isMutual(edge(1, 2, 'same'))).toBe(true);
    expect(shownEdges(graph, new Set(['days', 'causes'] as const)).map((each) => each.type)).not.toContain('causes');
  });
});

it('draws smooth paths', () => {
  expect(curve([])).toBe('');
  expect(curve([{ x: 0, y: 0 }, { x: 10, y: 10 }])).toBe('M0 0C5 0 5 10 10 10');
  expect(curve([{ x: 0, y: 0 }, { x: 5, y: 0 }, { x: 10, y: 0 }])).toMatch(/^M0 0C.*10 0$/);
  expect(middle([{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 10 }])).toEqual({ x: 10, y: 0 });
});
