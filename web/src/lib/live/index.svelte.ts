/**
 * What others do to the case, as it happens (server-sent events). Views subscribe with
 * `live.on('claim_changed', …)`; the shell announces it.
 */

import { BASE } from '../api/client';

/** Something that was done to the case: by whom, and its place in the audit log. */
interface Change {
  seq: number;
  by: string;
  action: string;
}

export interface Job {
  id: string | number;
  kind: string;
  label: string;
  by: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  done: number;
  total: number | null;
  message: string | null;
  result: Record<string, unknown> | null;
  error: string | null;
  ahead?: number;
}

export interface LiveEvents {
  claim_changed: Change & { claims: number[]; more: number; batch?: string | null };
  document_added: Change & { documents: number[]; more: number };
  document_changed: Change & { documents: number[]; more: number };
  incident_changed: Change & { run?: number };
  pair_judged: Change & { pairs: unknown[] };
  case_changed: Change & { kind: string };
  job_progress: Job;
  /** Too much was missed: load anew. */
  resync: { seq: number };
  session_ended: Record<string, never>;
}

type Name = keyof LiveEvents;
type Listener<N extends Name> = (event: LiveEvents[N]) => void;

const NAMES: readonly Name[] = [
  'claim_changed',
  'document_added',
  'document_changed',
  'incident_changed',
  'pair_judged',
  'case_changed',
  'job_progress',
  'resync',
  'session_ended',
];

class Live {
  /** Whether the line to the server stands. */
  connected = $state(false);
  #source: EventSource | null = null;
  readonly #listeners = new Map<Name, Set<(event: never) => void>>();

  start(): void {
    if (this.#source || typeof EventSource === 'undefined') return;
    const source = new EventSource(`${BASE}/events`);
    this.#source = source;
    source.addEventListener('open', () => {
      this.connected = true;
    });
    source.addEventListener('error', () => {
      this.connected = false;
    });
    for (const name of NAMES) {
      source.addEventListener(name, (message) => {
        let data: unknown;
        try {
          data = JSON.parse((message as MessageEvent<string>).data);
        } catch {
          return;
        }
        for (const listener of this.#listeners.get(name) ?? []) listener(data as never);
      });
    }
  }

  stop(): void {
    this.#source?.close();
    this.#source = null;
    this.connected = false;
  }

  /** Listen to one kind of event; returns what ends it (give it back from `$effect`). */
  on<N extends Name>(name: N, listener: Listener<N>): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener as (event: never) => void);
    return () => listeners.delete(listener as (event: never) => void);
  }
}

export const live = new Live();
