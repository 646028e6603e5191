/**
 * What a view loads: the last answer stays while the next one is on its way, an overtaken
 * request is given up, and the state of it all is reactive.
 *
 *     const page = new Loaded<Page<Claim>>();
 *     $effect(() => page.load('/claims', { q: app.query, limit: 50 }, app.revision));
 */

import { ApiError, get, type Query } from './client';

export class Loaded<T> {
  value = $state.raw<T | null>(null);
  error = $state.raw<ApiError | null>(null);
  busy = $state(false);
  #abort: AbortController | null = null;
  #asked = '';

  /** Ask; the same question is not asked twice unless `again` (a revision) differs. */
  load(path: string, query: Query = {}, again: number | string = ''): void {
    const asked = `${path} ${JSON.stringify(query)} ${again}`;
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.busy = true;
    get<T>(path, query, abort.signal)
      .then((value) => {
        if (abort.signal.aborted) return;
        this.value = value;
        this.error = null;
      })
      .catch((error: unknown) => {
        if (abort.signal.aborted) return;
        this.error = error instanceof ApiError ? error : new ApiError(0, { detail: String(error) });
      })
      .finally(() => {
        if (this.#abort === abort) this.busy = false;
      });
  }

  /** Forget it: nothing is selected any more. */
  clear(): void {
    this.#abort?.abort();
    this.#asked = '';
    this.value = null;
    this.error = null;
    this.busy = false;
  }
}
