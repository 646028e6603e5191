/** Days as whole numbers (since 1970-01-01), so that a timeline can reckon with them. */

const MILLISECONDS = 86_400_000;

/** The number of an ISO day; NaN where it is none. */
export function ordinal(iso: string): number {
  const found = /^(-?\d{4,6})-(\d{2})-(\d{2})$/.exec(iso);
  if (!found) return NaN;
  const date = new Date(0);
  date.setUTCFullYear(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  return Math.round(date.getTime() / MILLISECONDS);
}

/** The ISO day of a number. */
export function iso(day: number): string {
  return new Date(Math.round(day) * MILLISECONDS).toISOString().slice(0, 10);
}

/** The same day so many months later; the last of a month stays the last. */
export function addMonths(day: number, months: number): number {
  const date = new Date(Math.round(day) * MILLISECONDS);
  const [year, month, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const last = new Date(Date.UTC(year, month + months + 1, 0)).getUTCDate();
  return Math.round(
    Date.UTC(year, month + months, Math.min(dayOfMonth, last)) / MILLISECONDS,
  );
}

/** How precisely the text tells the days. */
export type Precision = 'day' | 'range' | 'month' | 'year' | 'open';

/**
 * The precision that is drawn.
 *
 * @param earliest First day, or null where the text leaves it open.
 * @param latest Last day, or null.
 * @param told What the record says (day, month, year, vague, ...), where it does.
 */
export function precisionOf(earliest: string | null, latest: string | null, told?: string | null): Precision {
  if (earliest === null || latest === null) return 'open';
  if (told === 'month') return 'month';
  if (told === 'year' || told === 'season' || told === 'vague') return 'year';
  const length = ordinal(latest) - ordinal(earliest) + 1;
  if (length <= 1) return 'day';
  if (length > 300) return 'year';
  const isWholeMonth = earliest.endsWith('-01') && length >= 28 && length <= 31;
  return isWholeMonth && earliest.slice(0, 7) === latest.slice(0, 7) ? 'month' : 'range';
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, kind: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${kind}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    formats.set(key, found);
  }
  return found;
}

/** A day in words: 14 nov. 2019. */
export function dayName(day: number, locale: string): string {
  const options = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  return formatter(locale, 'day', options).format(day * MILLISECONDS);
}

/** A day as a tick of an axis says it. */
export function tickName(day: number, unit: Unit, locale: string): string {
  const options: Record<Unit, Intl.DateTimeFormatOptions> = {
    day: { day: 'numeric' },
    month: { month: 'short' },
    year: { year: 'numeric' },
  };
  return formatter(locale, `tick ${unit}`, options[unit]).format(day * MILLISECONDS);
}

/** What the ticks around belong to: a month with its year, or a year. */
export function contextName(day: number, unit: Unit, locale: string): string {
  if (unit === 'year') return '';
  const options: Intl.DateTimeFormatOptions =
    unit === 'day' ? { month: 'long', year: 'numeric' } : { year: 'numeric' };
  return formatter(locale, `context ${unit}`, options).format(day * MILLISECONDS);
}

/** Days between two, in words: 12–14 nov. 2019. */
export function rangeName(earliest: string | null, latest: string | null, locale: string): string {
  if (earliest === null && latest === null) return '';
  if (earliest === null) return `… – ${dayName(ordinal(latest ?? ''), locale)}`;
  if (latest === null) return `${dayName(ordinal(earliest), locale)} – …`;
  if (earliest === latest) return dayName(ordinal(earliest), locale);
  const options = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  return formatter(locale, 'day', options).formatRange(
    ordinal(earliest) * MILLISECONDS,
    ordinal(latest) * MILLISECONDS,
  );
}

export type Unit = 'day' | 'month' | 'year';
