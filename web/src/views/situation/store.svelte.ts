/** The situation of the day, shared by the situation's view and the map. */
import { ApiError, get, Loaded } from '../../lib/api';
import { app } from '../../lib/state';
import { iso, ordinal } from '../timeline/days';
import { nextDay, Sides } from './reckoning';
import type { Days, Situation } from './types';

const KEPT = 60;
const PACE = 650;
/** So many days on each side of the day, where not all can be had. */
const AROUND = 400;

class SituationStore {
  readonly days = new Loaded<Days>();
  readonly sides = new Sides();
  /** The situation that is shown; the one before stays until the next is there. */
  value = $state.raw<Situation | null>(null);
  error = $state.raw<ApiError | null>(null);
  busy = $state(false);
  playing = $state(false);
  /** Only what lies there: a name or a point, with a distance. */
  area = $state('');
  #kept = new Map<string, Situation>();
  #asked = '';
  #abort: AbortController | null = null;
  #turn = 0;
  #around: { from?: string; to?: string } = {};

  /** Loads the days of the slider. */
  loadDays(query: string, revision: number): void {
    const { value } = this.days;
    // The server gives so many days at most, the last ones: others are asked for around the day.
    const { day } = app;
    if (!day) this.#around = {};
    else if (value?.first && value.last && (day < value.first || day > value.last)) {
      const middle = ordinal(day);
      this.#around = { from: iso(middle - AROUND), to: iso(middle + AROUND) };
    }
    this.days.load('/situation/days', { q: query, area: this.area, ...this.#around }, revision);
  }

  /** Loads one day; what was seen lately comes from memory. */
  async load(day: string, query: string, revision: number): Promise<void> {
    const key = JSON.stringify([day, query, this.area, revision]);
    if (key === this.#asked) return;
    this.#asked = key;
    this.#abort?.abort();
    const known = this.#kept.get(key);
    if (known) {
      this.#show(known);
      this.busy = false;
      return;
    }
    const abort = new AbortController();
    this.#abort = abort;
    this.busy = true;
    try {
      const query_ = { at: day, q: query, area: this.area };
      const found = await get<Situation>('/situation', query_, abort.signal);
      if (abort.signal.aborted) return;
      this.#kept.set(key, found);
      if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value ?? '');
      this.#show(found);
    } catch (error) {
      if (abort.signal.aborted) return;
      this.#asked = '';
      this.error = error instanceof ApiError ? error : new ApiError(0, { detail: String(error) });
    }
    if (this.#abort === abort) this.busy = false;
  }

  #show(found: Situation): void {
    this.sides.meet(found.sides.map((side) => side.key));
    this.value = found;
    this.error = null;
  }

  /** Runs through the days, or stands still. */
  toggle(): void {
    if (this.playing) this.pause();
    else void this.#play();
  }

  pause(): void {
    this.playing = false;
    this.#turn += 1;
  }

  async #play(): Promise<void> {
    const { value } = this.days;
    if (!value?.first || !value.last) return;
    this.playing = true;
    this.#turn += 1;
    const turn = this.#turn;
    // At the end it begins anew.
    if (!app.day || app.day >= value.last) app.set({ day: value.first }, { replace: true });
    while (this.playing && turn === this.#turn) {
      await new Promise((resolve) => setTimeout(resolve, PACE));
      if (!this.playing || turn !== this.#turn) return;
      // A slow server sets the pace: no day is skipped unseen.
      if (this.busy) continue;
      const next = app.day ? nextDay(app.day, value.last, value.items) : null;
      if (next === null) break;
      app.set({ day: next }, { replace: true });
    }
    if (turn === this.#turn) this.playing = false;
  }
}

export const situation = new SituationStore();
