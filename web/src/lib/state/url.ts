/**
 * Selection and filter as they stand in the address, and back. Pure: no browser needed.
 *
 * Everything stands behind `#`, as `#view?q=...&doc=...`: the server never sees it, so what an
 * analyst seeks is in no log of any server or proxy.
 */

export interface MapPosition {
  lat: number;
  lon: number;
  zoom: number;
}

export interface UrlState {
  /** Which view fills the page: `read`, `claims`, `map`, ... */
  view: string;
  /** Views shown below the main one, in order: `map`, `timeline`, `graph`. */
  dock: string[];
  /** The query, in the language of docs/searching.md. */
  q: string;
  /** Selected document, claim, incident, entity. */
  doc: number | null;
  claim: number | null;
  incident: string | null;
  entity: string | null;
  /** Days that are looked at (brush of the timeline), ISO, inclusive. */
  from: string | null;
  to: string | null;
  /** The day of the situation (slider), ISO. */
  day: string | null;
  /** What the map shows. */
  map: MapPosition | null;
  /** Order of lists of claims. */
  order: Order;
  /** Language of the interface, where the address names one. */
  lang: string | null;
}

export const ORDERS = ['relevance', 'time', 'added'] as const;
export type Order = (typeof ORDERS)[number];

export const FIRST_VIEW = 'read';

export function emptyState(): UrlState {
  return {
    view: FIRST_VIEW,
    dock: [],
    q: '',
    doc: null,
    claim: null,
    incident: null,
    entity: null,
    from: null,
    to: null,
    day: null,
    map: null,
    order: 'relevance',
    lang: null,
  };
}

const NAME = /^[a-z][a-z0-9-]{0,31}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LANGUAGE = /^[a-z]{2}$/;

function number(text: string | null): number | null {
  if (text === null || !/^\d{1,15}$/.test(text)) return null;
  return Number(text);
}

function day(text: string | null): string | null {
  return text !== null && DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
}

function position(text: string | null): MapPosition | null {
  const parts = (text ?? '').split(',').map(Number);
  const [lat, lon, zoom] = parts;
  if (parts.length !== 3 || lat === undefined || lon === undefined || zoom === undefined) {
    return null;
  }
  const fits = Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && zoom >= 0 && zoom <= 22;
  return fits ? { lat, lon, zoom } : null;
}

/** Reads what stands behind `#`; what cannot be read counts as not there. */
export function parse(hash: string): UrlState {
  const state = emptyState();
  const body = hash.replace(/^#/, '');
  const mark = body.indexOf('?');
  const view = mark < 0 ? body : body.slice(0, mark);
  const found = new URLSearchParams(mark < 0 ? '' : body.slice(mark + 1));
  if (NAME.test(view)) state.view = view;
  state.dock = [...new Set((found.get('dock') ?? '').split(',').filter((name) => NAME.test(name)))];
  state.q = found.get('q') ?? '';
  state.doc = number(found.get('doc'));
  state.claim = number(found.get('claim'));
  state.incident = found.get('incident') || null;
  state.entity = found.get('entity') || null;
  state.from = day(found.get('from'));
  state.to = day(found.get('to'));
  state.day = day(found.get('day'));
  state.map = position(found.get('map'));
  const order = found.get('order');
  state.order = ORDERS.find((name) => name === order) ?? 'relevance';
  const lang = found.get('lang');
  state.lang = lang !== null && LANGUAGE.test(lang) ? lang : null;
  return state;
}

/** The opposite of `parse`: the same state gives the same address. */
export function format(state: UrlState): string {
  const out = new URLSearchParams();
  const put = (name: string, value: string | number | null): void => {
    if (value !== null && value !== '') out.set(name, String(value));
  };
  put('q', state.q);
  put('doc', state.doc);
  put('claim', state.claim);
  put('incident', state.incident);
  put('entity', state.entity);
  put('from', state.from);
  put('to', state.to);
  put('day', state.day);
  if (state.map) {
    const { lat, lon, zoom } = state.map;
    put('map', [lat.toFixed(4), lon.toFixed(4), zoom].map(Number).join(','));
  }
  put('order', state.order === 'relevance' ? null : state.order);
  put('dock', state.dock.join(','));
  put('lang', state.lang);
  const text = out.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return `#${state.view}${text ? `?${text}` : ''}`;
}

/** One query out of what was typed and the days of the brush. */
export function combined(state: Pick<UrlState, 'q' | 'from' | 'to'>): string {
  const typed = state.q.trim();
  const days = [state.from && `from:${state.from}`, state.to && `to:${state.to}`].filter(Boolean);
  if (!days.length) return typed;
  return [typed && `(${typed})`, ...days].filter(Boolean).join(' ');
}
