/** What the timeline draws: claims as stretches in rows, counts as stacked bars. Pure. */
import { FAMILIES, type Family } from '../../lib/marks';
import { ordinal, precisionOf, type Precision } from './days';
import { lanes, toX, type Scale } from './scale';

export interface Bin {
  start: string;
  end: string;
  count: number;
  running: number;
  by_family: Partial<Record<Family, number>>;
  doubted: number;
}

export interface Item {
  id: number;
  document: number;
  type: string;
  family: Family;
  trigger: string;
  polarity: string;
  certainty: string;
  state: string;
  when: { earliest: string | null; latest: string | null; precision?: string | null };
  place: string | null;
  contested: boolean;
}

export interface Timeline {
  start: string | null;
  end: string | null;
  unit: string;
  bins: Bin[];
  items: Item[];
  total: number;
  shown: number;
  undated: number;
  notes: string[];
}

/** A claim as it is drawn. */
export interface Drawn {
  readonly item: Item;
  readonly precision: Precision;
  /** Pixels: the days from `left` to `right`, its sign at `at`, words from `words` on. */
  readonly left: number;
  readonly right: number;
  readonly at: number;
  readonly words: number;
  readonly row: number;
  /** Open to that side: the text tells no end there, or it lies outside. */
  readonly opensLeft: boolean;
  readonly opensRight: boolean;
}

/** A sign and the room around it. */
const SIGN = 16;

/**
 * Places claims in rows.
 *
 * @param widthOf How many pixels the words beside a claim take.
 */
export function layout(
  items: readonly Item[],
  scale: Scale,
  widthOf: (item: Item) => number,
): { drawn: Drawn[]; rows: number } {
  const dated = items.filter((item) => item.when.earliest !== null || item.when.latest !== null);
  const placed = dated.map((item) => {
    const { earliest, latest, precision } = item.when;
    const first = earliest === null ? scale.first : ordinal(earliest);
    const last = latest === null ? scale.last : ordinal(latest);
    const shown = precisionOf(earliest, latest, precision);
    const left = toX(scale, Math.max(first, scale.first));
    const right = Math.max(toX(scale, Math.min(last, scale.last) + 1), left + 2);
    const middle = (left + right) / 2;
    // A day has its sign in its middle; what lasts has it where it is told to begin.
    const isShort = right - left <= SIGN * 1.6;
    const wanted = isShort ? middle : earliest === null ? right - SIGN / 2 - 2 : left + SIGN / 2 + 2;
    const at = Math.min(Math.max(wanted, SIGN / 2), scale.width - SIGN / 2);
    const words = Math.max(isShort ? at + SIGN / 2 : right, at + SIGN / 2) + 5;
    const wide = widthOf(item);
    const turned = words + wide > scale.width;
    return {
      each: {
        item,
        precision: shown,
        left,
        right,
        at,
        words: turned ? -1 : words,
        opensLeft: earliest === null || first < scale.first,
        opensRight: latest === null || last > scale.last,
      },
      extent: {
        start: Math.min(left, at - SIGN / 2) - (turned ? wide + 5 : 0),
        end: turned ? Math.max(right, at + SIGN / 2) : words + wide,
      },
    };
  });
  const { rows, count } = lanes(placed.map((each) => each.extent), 8);
  const drawn = placed.map(({ each }, at) => ({ ...each, row: rows[at] ?? 0 }));
  return { drawn, rows: count };
}

/** Claims in the order of time: first days first. */
export function inTime(items: readonly Item[]): Item[] {
  const key = (item: Item): string => item.when.earliest ?? item.when.latest ?? '';
  return [...items].sort((a, b) => key(a).localeCompare(key(b)) || a.id - b.id);
}

/** A piece of a bar. */
export interface Piece {
  readonly family: Family;
  readonly y: number;
  readonly height: number;
}

/** A bar of a bin. */
export interface Bar {
  readonly bin: Bin;
  readonly x: number;
  readonly width: number;
  readonly pieces: readonly Piece[];
  readonly top: number;
  /** How high the part that is denied or doubted reaches down from the top. */
  readonly doubted: number;
}

/** The bars of bins within a height. */
export function bars(bins: readonly Bin[], scale: Scale, height: number): Bar[] {
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  return bins
    .filter((bin) => ordinal(bin.end) >= scale.first && ordinal(bin.start) <= scale.last)
    .map((bin) => {
      const left = toX(scale, Math.max(ordinal(bin.start), scale.first));
      const right = toX(scale, Math.min(ordinal(bin.end), scale.last) + 1);
      const gap = right - left > 5 ? 1 : 0;
      let y = height;
      const pieces: Piece[] = [];
      for (const family of FAMILIES) {
        const count = bin.by_family[family] ?? 0;
        if (count === 0) continue;
        const high = (count / most) * height;
        y -= high;
        pieces.push({ family, y, height: high });
      }
      // What few there are must be seen beside many.
      const top = bin.count > 0 ? Math.min(y, height - 2) : height;
      return {
        bin,
        x: left,
        width: Math.max(right - left - gap, 1),
        pieces,
        top,
        doubted: (bin.doubted / most) * height,
      };
    });
}

/** Round numbers for the axis of counts. */
export function countTicks(most: number): number[] {
  if (most <= 0) return [0];
  const rough = most / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough) ?? 1);
  const found: number[] = [];
  for (let value = 0; value <= most; value += step) found.push(value);
  return found;
}

/** The query for what has no day, as the language of docs/searching.md says it. */
export function undatedQuery(query: string): string {
  const none = '-on:0001..9999';
  return query.trim() ? `(${query.trim()}) ${none}` : none;
}
