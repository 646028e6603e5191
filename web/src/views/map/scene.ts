/** What the map draws: answers of the server as things with a place, in degrees. */
import type { Family, Shape } from '../../lib/marks';

/** A cluster as `GET /map/clusters` gives it. */
export interface Cluster {
  latitude: number;
  longitude: number;
  count: number;
  types: Record<string, number>;
  families: Partial<Record<Family, number>>;
  contested: number;
  denied: number;
  radius_km: number | null;
  bounds: [number, number, number, number];
  one_place: boolean;
  place: string | null;
  claims: number[];
  claim: {
    id: number;
    document: number;
    type: string;
    family: Family;
    trigger: string;
    polarity: string;
    certainty: string;
    state: string;
    sensitivity: string;
    place: string | null;
    earliest: string | null;
    latest: string | null;
  } | null;
}

export interface Clusters {
  items: Cluster[];
  total: number;
  shown: number;
  elsewhere: number;
  unlocated: number;
  bounds: [number, number, number, number] | null;
  notes: string[];
}

export interface PlaceLabel {
  name: string;
  latitude: number;
  longitude: number;
  rank: number;
  kind: string;
  country: string | null;
}

/** A place and who is claimed to hold it on the day. */
export interface Held {
  readonly key: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly radiusKm: number;
  readonly contested: boolean;
  /** Those who hold it, each with its looks. */
  readonly holders: readonly { readonly side: number; readonly shape: Shape; readonly isOpen: boolean }[];
}

/** All that is drawn. */
export interface Scene {
  readonly clusters: readonly Cluster[];
  readonly held: readonly Held[];
  readonly places: readonly PlaceLabel[];
  /** Where the selected claim is, if anywhere. */
  readonly selected: { readonly latitude: number; readonly longitude: number; readonly radiusKm: number } | null;
  /** Keys of clusters that are chosen or pointed at. */
  readonly chosen: string | null;
  readonly hovered: string | null;
  /** The drawn box of the filter. */
  readonly box: { west: number; south: number; east: number; north: number } | null;
  readonly language: string;
}

export const EMPTY: Scene = {
  clusters: [],
  held: [],
  places: [],
  selected: null,
  chosen: null,
  hovered: null,
  box: null,
  language: 'en',
};

const NONE: Record<Family, number> = { combat: 0, control: 0, means: 0, harm: 0, politics: 0 };

/** Numbers of all families, those that the server left out as well. */
export function familiesOf(cluster: Pick<Cluster, 'families'>): Record<Family, number> {
  return { ...NONE, ...cluster.families };
}

/** What tells a cluster from the others of one answer, and a claim from all. */
export function keyOf(cluster: Cluster): string {
  if (cluster.claim) return `claim ${String(cluster.claim.id)}`;
  return `${cluster.latitude.toFixed(5)},${cluster.longitude.toFixed(5)}/${String(cluster.count)}`;
}

/** The cluster that a claim is in, as far as the answer tells. */
export function clusterOf(clusters: readonly Cluster[], claim: number): Cluster | undefined {
  return clusters.find((each) => each.claim?.id === claim || each.claims.includes(claim));
}

/** The order in which the list reads them: from the north-west, row by row, most first at one place. */
export function readingOrder(clusters: readonly Cluster[]): Cluster[] {
  return [...clusters].sort((a, b) => {
    const rows = Math.round(b.latitude * 2) - Math.round(a.latitude * 2);
    return rows || a.longitude - b.longitude || b.count - a.count;
  });
}
