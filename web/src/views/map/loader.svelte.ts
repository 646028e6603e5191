/** Asks the server for what the map shows, with a margin, and not again while it suffices. */
import { ApiError, get } from '../../lib/api';
import type { Clusters, PlaceLabel } from './scene';
import { needsLoad, serverBox, widened, type Bounds, type Loaded } from './viewport';

/** So much of the map's width and height is loaded beyond each edge. */
const MARGIN = 1;
/** A map that moves fast asks once it stands still for so many milliseconds. */
const REST = 80;

class Part<T> {
  value = $state.raw<T | null>(null);
  error = $state.raw<ApiError | null>(null);
  busy = $state(false);
  /** How often the server was asked: tests see that panning does not ask. */
  requests = 0;
  #loaded: Loaded | null = null;
  #wanted: Loaded | null = null;
  #abort: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly path: string) {}

  ask(view: Bounds, zoom: number, key: string, parameters: Record<string, string>): void {
    if (!needsLoad(this.#loaded, key, zoom, view)) {
      this.#cancel();
      return;
    }
    if (!needsLoad(this.#wanted, key, zoom, view)) return;
    const bounds = widened(view, MARGIN);
    const wanted = { query: key, zoom, bounds };
    const isNewQuestion = this.#loaded?.query !== key;
    this.#cancel();
    this.#wanted = wanted;
    const run = (): void => {
      void this.#load(wanted, { ...parameters, bbox: serverBox(bounds), zoom: String(zoom) });
    };
    if (isNewQuestion) run();
    else this.#timer = setTimeout(run, REST);
  }

  stop(): void {
    this.#cancel();
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#abort = null;
    this.#wanted = null;
    this.busy = false;
  }

  async #load(wanted: Loaded, parameters: Record<string, string>): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    this.busy = true;
    this.requests += 1;
    try {
      const value = await get<T>(this.path, parameters, abort.signal);
      if (abort.signal.aborted) return;
      this.value = value;
      this.error = null;
      this.#loaded = wanted;
    } catch (error) {
      if (abort.signal.aborted) return;
      this.error = error instanceof ApiError ? error : new ApiError(0, { detail: String(error) });
    }
    this.#wanted = null;
    this.busy = false;
  }
}

/** Claims and names of places of the map. */
export class MapData {
  readonly clusters = new Part<Clusters>('/map/clusters');
  readonly places = new Part<{ items: PlaceLabel[] }>('/map/places');

  /** Ask for what is missing. */
  look(view: Bounds, zoom: number, question: { q: string; revision: number; language: string }): void {
    const { q, revision, language } = question;
    this.clusters.ask(view, zoom, `${String(revision)} ${q}`, { q });
    if (zoom >= 3) this.places.ask(view, zoom, language, {});
  }

  stop(): void {
    this.clusters.stop();
    this.places.stop();
  }
}
