/** The scale of a timeline: days to pixels and back, and where its ticks are. */
import { addMonths, iso, ordinal, type Unit } from './days';

/** Days from `first` up to and including `last` over so many pixels. */
export interface Scale {
  readonly first: number;
  readonly last: number;
  readonly width: number;
}

/** A tick: its day, and whether a new month or year begins there. */
export interface Tick {
  readonly day: number;
  readonly isStart: boolean;
}

export interface Ticks {
  readonly unit: Unit;
  readonly ticks: readonly Tick[];
}

/** Where a day begins, in pixels. */
export function toX(scale: Scale, day: number): number {
  return ((day - scale.first) / (scale.last + 1 - scale.first)) * scale.width;
}

/** The day at a pixel. */
export function toDay(scale: Scale, x: number): number {
  const days = scale.last + 1 - scale.first;
  const day = Math.floor(scale.first + (x / scale.width) * days);
  return Math.max(scale.first, Math.min(scale.last, day));
}

/** A scale with some days of room on both sides, and never shorter than a fortnight. */
export function padded(first: number, last: number, width: number): Scale {
  const room = Math.max(1, Math.round((last - first) * 0.03), Math.ceil((14 - (last - first)) / 2));
  return { first: first - room, last: last + room, width };
}

/** The ticks that fit, so many pixels apart at least. */
export function ticksOf(scale: Scale, apart = 46): Ticks {
  const dayWidth = scale.width / (scale.last + 1 - scale.first);
  for (const step of [1, 2, 7, 14]) {
    // Below fortnights there must be room for the names of months.
    const least = { 1: 0.5, 14: 0.95 }[step] ?? 0.6;
    if (dayWidth * step >= apart * least) return { unit: 'day', ticks: dayTicks(scale, step) };
  }
  for (const step of [1, 3, 6]) {
    if (dayWidth * 30.4 * step >= apart) return { unit: 'month', ticks: monthTicks(scale, step) };
  }
  let step = 1;
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500];
  for (const each of steps) {
    step = each;
    if (dayWidth * 365.25 * each >= apart) break;
  }
  return { unit: 'year', ticks: yearTicks(scale, step) };
}

function dayTicks(scale: Scale, step: number): Tick[] {
  const found: Tick[] = [];
  for (let day = scale.first; day <= scale.last; day += 1) {
    const ofMonth = Number(iso(day).slice(8));
    // Counted within the month, so that the first always has a tick, and none stands too near it.
    if ((ofMonth - 1) % step === 0 && (step === 1 || ofMonth + step / 2 <= 31)) {
      found.push({ day, isStart: ofMonth === 1 });
    }
  }
  return found;
}

function monthTicks(scale: Scale, step: number): Tick[] {
  const found: Tick[] = [];
  let day = ordinal(`${iso(scale.first).slice(0, 4)}-01-01`);
  for (; day <= scale.last; day = addMonths(day, step)) {
    if (day >= scale.first) found.push({ day, isStart: iso(day).slice(5, 7) === '01' });
  }
  return found;
}

function yearTicks(scale: Scale, step: number): Tick[] {
  const found: Tick[] = [];
  let year = Math.ceil(Number(iso(scale.first).slice(0, 4)) / step) * step;
  for (; ; year += step) {
    const day = ordinal(`${String(year).padStart(4, '0')}-01-01`);
    if (Number.isNaN(day) || day > scale.last) return found;
    if (day >= scale.first) found.push({ day, isStart: false });
  }
}

/** Something that takes room from `start` to `end` pixels. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/**
 * Which row each takes so that none touch: the first that is free, in the order of their starts.
 *
 * @param gap Pixels between two in one row.
 * @returns Rows by the place in `extents`, and how many rows there are.
 */
export function lanes(extents: readonly Extent[], gap = 4): { rows: number[]; count: number } {
  const order = extents.map((_, at) => at);
  order.sort((a, b) => (extents[a] as Extent).start - (extents[b] as Extent).start || a - b);
  const ends: number[] = [];
  const rows = new Array<number>(extents.length).fill(0);
  for (const at of order) {
    const { start, end } = extents[at] as Extent;
    let row = ends.findIndex((taken) => taken + gap <= start);
    if (row < 0) row = ends.length;
    ends[row] = end;
    rows[at] = row;
  }
  return { rows, count: ends.length };
}
