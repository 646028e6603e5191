/** The brush of the timeline: two days, moved by pointer or keys, kept in the address. */
import { addMonths, iso, ordinal } from './days';
import { toDay, type Scale } from './scale';

/** The brushed days, both included. */
export interface Brush {
  readonly from: number;
  readonly to: number;
}

/** The brush that the address tells; open sides reach to the ends of what there is. */
export function fromUrl(
  from: string | null,
  to: string | null,
  bounds: { first: number; last: number },
): Brush | null {
  if (from === null && to === null) return null;
  const start = from === null ? bounds.first : ordinal(from);
  const end = to === null ? bounds.last : ordinal(to);
  if (Number.isNaN(start) || Number.isNaN(end)) return null;
  return start <= end ? { from: start, to: end } : { from: end, to: start };
}

/** The brush for the address. */
export function toUrl(brush: Brush | null): { from: string | null; to: string | null } {
  return brush ? { from: iso(brush.from), to: iso(brush.to) } : { from: null, to: null };
}

/** The brush between two pixels, in whatever order they come. */
export function between(scale: Scale, one: number, other: number): Brush {
  const [a, b] = [toDay(scale, one), toDay(scale, other)];
  return { from: Math.min(a, b), to: Math.max(a, b) };
}

/** The whole brush moved by days, kept within bounds and as long as it was. */
export function shifted(brush: Brush, days: number, bounds: { first: number; last: number }): Brush {
  const most = bounds.last - brush.to;
  const least = bounds.first - brush.from;
  const by = Math.max(Math.min(days, Math.max(most, 0)), Math.min(least, 0));
  return { from: brush.from + by, to: brush.to + by };
}

/**
 * What a key does to one end of the brush.
 *
 * @returns The new brush, `null` to clear it, `undefined` where the key means nothing.
 */
export function keyed(
  brush: Brush,
  edge: 'from' | 'to' | 'both',
  key: string,
  { shift = false, bounds }: { shift?: boolean; bounds: { first: number; last: number } },
): Brush | null | undefined {
  const sign = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[key];
  if (key === 'Escape' || key === 'Delete' || key === 'Backspace') return null;
  const month = sign !== undefined && shift ? sign : { PageDown: -1, PageUp: 1 }[key];
  const target = (day: number): number | undefined => {
    if (month !== undefined) return addMonths(day, month);
    if (sign !== undefined) return day + sign;
    if (key === 'Home') return bounds.first;
    if (key === 'End') return bounds.last;
    return undefined;
  };
  const moved = target(edge === 'to' ? brush.to : brush.from);
  if (moved === undefined) return undefined;
  if (edge === 'both') return shifted(brush, moved - brush.from, bounds);
  const day = Math.max(bounds.first, Math.min(bounds.last, moved));
  return edge === 'from'
    ? { from: Math.min(day, brush.to), to: brush.to }
    : { from: brush.from, to: Math.max(day, brush.from) };
}
