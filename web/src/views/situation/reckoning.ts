/** Who holds what: grouping of states for map and table, steps of the slider. Pure. */
import type { Shape } from '../../lib/marks';
import { SIDE_SHAPES } from '../../lib/marks';
import { iso, ordinal } from '../timeline/days';
import type { DayCount, State } from './types';

/** States at one place, those of control first. */
export interface PlaceRow {
  readonly key: string;
  readonly name: string;
  readonly country: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly radiusKm: number;
  readonly contested: boolean;
  readonly states: readonly State[];
}

/** The order in which kinds are told. */
export const KINDS = ['control', 'siege', 'actors', 'equipment', 'capability', 'truce'] as const;

/** States by place: contested places first, then by name. */
export function byPlace(states: readonly State[], locale = 'en'): PlaceRow[] {
  const groups = new Map<string, State[]>();
  for (const state of states) {
    const key = state.place?.key ?? '';
    const there = groups.get(key);
    if (there) there.push(state);
    else groups.set(key, [state]);
  }
  const rows = [...groups.entries()].map(([key, group]): PlaceRow => {
    const place = group[0]?.place;
    const sorted = [...group].sort(
      (a, b) => rankOf(a.kind) - rankOf(b.kind) || a.subject.name.localeCompare(b.subject.name, locale),
    );
    return {
      key,
      name: place?.name ?? '',
      country: place?.country ?? null,
      latitude: place?.latitude ?? null,
      longitude: place?.longitude ?? null,
      radiusKm: place?.radius_km ?? 1,
      contested: group.some((state) => state.contested),
      states: sorted,
    };
  });
  return rows.sort(
    (a, b) =>
      Number(b.contested) - Number(a.contested) ||
      Number(a.key === '') - Number(b.key === '') ||
      a.name.localeCompare(b.name, locale),
  );
}

function rankOf(kind: string): number {
  const at = (KINDS as readonly string[]).indexOf(kind);
  return at < 0 ? KINDS.length : at;
}

/** Gives each side a number once, so that its colour and shape stay from day to day. */
export class Sides {
  readonly #numbers = new Map<string, number>();

  /** The number of a side; -1 for one that no text names. */
  number(key: string): number {
    if (key === '') return -1;
    let found = this.#numbers.get(key);
    if (found === undefined) {
      found = this.#numbers.size;
      this.#numbers.set(key, found);
    }
    return found;
  }

  /** Numbers for sides that are seen together, in a steady order. */
  meet(keys: readonly string[]): void {
    for (const key of keys) this.number(key);
  }
}

/** The shape of a side by its number. */
export function shapeOf(side: number): Shape {
  // Colours come round after seven: then each has another shape.
  if (side < 0) return 'circle';
  const turned = side + Math.floor(side / SIDE_SHAPES.length);
  return SIDE_SHAPES[turned % SIDE_SHAPES.length] ?? 'circle';
}

/**
 * The next day of a run through the days: each day of a short time, of a long one only those on
 * which something changes.
 *
 * @returns The day, or null at the end.
 */
export function nextDay(day: string, last: string, items: readonly DayCount[]): string | null {
  const now = ordinal(day);
  const end = ordinal(last);
  if (Number.isNaN(now) || now >= end) return null;
  if (items.length === 0 || end - ordinal(items[0]?.day ?? day) <= 62) return iso(now + 1);
  const found = items.find((item) => item.changes > 0 && ordinal(item.day) > now);
  return found ? found.day : last;
}

/** A day moved by days, within bounds. */
export function moved(day: string, by: number, first: string, last: string): string {
  const target = Math.max(ordinal(first), Math.min(ordinal(last), ordinal(day) + by));
  return iso(target);
}

/** The day nearest to where a slider starts: what is told, else the last on which anything changes. */
export function startDay(told: string | null, first: string | null, last: string | null): string | null {
  if (told) return told;
  return last ?? first;
}
