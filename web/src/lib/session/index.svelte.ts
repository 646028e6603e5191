/** Who is at work here, and on which case. */

import { ApiError, get, onUnauthorised, post, useToken } from '../api';

export interface Session {
  user: string;
  role: 'read' | 'review' | 'admin';
  csrf: string;
  case: { name: string; documents: number; claims: number; backend: string };
  version: string;
  login: 'token' | 'password';
  local?: boolean;
  limits?: Record<string, number>;
}

class SessionState {
  /** null until the server has answered. */
  value = $state.raw<Session | null>(null);
  /** How to come in, when one is not. */
  gate = $state<'open' | 'waiting' | 'token' | 'password' | 'unreachable'>('waiting');
  message = $state('');

  readonly canReview = $derived(this.value?.role === 'review' || this.value?.role === 'admin');
  readonly isAdmin = $derived(this.value?.role === 'admin');

  constructor() {
    onUnauthorised(() => {
      if (this.gate === 'open') void this.enter();
    });
  }

  #open(session: Session): void {
    useToken(session.csrf);
    this.value = session;
    this.gate = 'open';
    this.message = '';
  }

  /** Ask who we are. */
  async enter(): Promise<void> {
    try {
      this.#open(await get<Session>('/session'));
    } catch (error) {
      this.value = null;
      if (!(error instanceof ApiError) || error.status === 0) {
        this.gate = 'unreachable';
        return;
      }
      const body = error.body as { login?: string } | null;
      this.gate = body?.login === 'password' ? 'password' : 'token';
    }
  }

  async logIn(name: string, password: string): Promise<boolean> {
    try {
      this.#open(await post<Session>('/login', { name, password }));
      return true;
    } catch (error) {
      this.message = error instanceof Error ? error.message : String(error);
      return false;
    }
  }

  async logOut(): Promise<void> {
    await post('/logout').catch(() => undefined);
    this.value = null;
    this.gate = 'waiting';
    await this.enter();
  }
}

export const session = new SessionState();
