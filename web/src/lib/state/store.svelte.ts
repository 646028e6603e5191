/**
 * The one store of selection and filter. Views read `app.…` and change it with `app.set`,
 * `app.selectClaim`, ...; what they read there is reactive.
 *
 * What is selected or filtered stands in the address: each step is an entry of the browser's
 * history, so "back" undoes it. Steps that come in numbers (panning, typing, sliding) replace
 * the current entry: `app.set({ map }, { replace: true })`.
 *
 * What is only passing (hovered claim, open dialog, last cursor) is here, too, but not in the
 * address.
 */

import { combined, emptyState, format, parse, type UrlState } from './url';

export interface Hover {
  claim: number;
  /** Field as in the table `decisions`: `trigger`, `actor:69-78`, ...; null for the whole. */
  field: string | null;
  /** Which view it is hovered in, so that this view does not scroll to it. */
  by: string;
}

export interface SetOptions {
  /** Replace the current entry of the history instead of adding one. */
  replace?: boolean;
}

class AppState {
  #url = $state.raw<UrlState>(emptyState());

  /** The claim under the pointer or the focus, in whatever view. Not in the address. */
  hover = $state<Hover | null>(null);
  /** Where the last change of selection came from: a view does not scroll to its own choice. */
  selectedBy = $state<string>('address');
  /** Goes up whenever data of the case changed: lists that show counts load anew. */
  revision = $state(0);

  get url(): Readonly<UrlState> {
    return this.#url;
  }
  // Each by itself: what reads one is not disturbed when another changes.
  readonly view = $derived(this.#url.view);
  readonly dock: readonly string[] = $derived(this.#url.dock);
  readonly q = $derived(this.#url.q);
  readonly doc = $derived(this.#url.doc);
  readonly claim = $derived(this.#url.claim);
  readonly incident = $derived(this.#url.incident);
  readonly entity = $derived(this.#url.entity);
  readonly from = $derived(this.#url.from);
  readonly to = $derived(this.#url.to);
  readonly day = $derived(this.#url.day);
  readonly map = $derived(this.#url.map);
  readonly order = $derived(this.#url.order);
  readonly lang = $derived(this.#url.lang);

  /** What lists, map, timeline and exports ask the server for: typed query and brushed days. */
  readonly query: string = $derived(combined(this.#url));

  /** Change several things in one step of the history. */
  set(change: Partial<UrlState>, options: SetOptions = {}): void {
    const next: UrlState = { ...this.#url, ...change };
    const before = format(this.#url);
    const after = format(next);
    this.#url = next;
    if (before === after || typeof window === 'undefined') return;
    if (options.replace) window.history.replaceState(null, '', after);
    else window.history.pushState(null, '', after);
  }

  go(view: string): void {
    this.set({ view });
  }

  /**
   * Select a claim (null: none). `by` names the view in which it was chosen.
   * Name its document where it is known, so that the text opens at once.
   */
  selectClaim(
    claim: number | null,
    { doc, by = 'other' }: { doc?: number; by?: string } = {},
  ): void {
    this.selectedBy = by;
    this.set({ claim, ...(doc === undefined ? {} : { doc }) });
  }

  selectDocument(doc: number | null, by = 'other'): void {
    this.selectedBy = by;
    this.set({ doc, claim: null });
  }

  selectIncident(incident: string | null, by = 'other'): void {
    this.selectedBy = by;
    this.set({ incident });
  }

  /** The days that are looked at; both null: all. */
  brush(from: string | null, to: string | null, options: SetOptions = {}): void {
    this.set({ from, to }, options);
  }

  /** Open or close a view below the main one. */
  toggleDock(view: string): void {
    const open = this.#url.dock.includes(view);
    this.set({
      dock: open ? this.#url.dock.filter((name) => name !== view) : [...this.#url.dock, view],
    });
  }

  /** Follow the address: at start and with "back" and "forward". Returns what ends it. */
  listen(): () => void {
    const read = (): void => {
      this.selectedBy = 'address';
      this.#url = parse(window.location.hash);
    };
    read();
    window.addEventListener('popstate', read);
    window.addEventListener('hashchange', read);
    return () => {
      window.removeEventListener('popstate', read);
      window.removeEventListener('hashchange', read);
    };
  }
}

export const app = new AppState();
