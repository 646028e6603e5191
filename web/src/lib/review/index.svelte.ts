/**
 * Decisions. Each is sent at once and names the version that was seen; where somebody else was
 * faster nothing is stored, and both versions are shown.
 */

import { ApiError, post, type ClaimDetail, type Conflict, type FullClaim } from '../api';
import { data } from '../data/index.svelte';
import { t } from '../i18n/index.svelte';
import { prefs } from '../state/prefs.svelte';
import { app } from '../state/store.svelte';
import { keys } from '../keys/index.svelte';
import { toasts } from '../ui/toasts.svelte';

export type Action = 'accept' | 'edit' | 'reject' | 'unsure';

export interface Decision {
  action: Action;
  field?: string | null;
  value?: unknown;
  reason?: string | null;
  comment?: string | null;
}

export interface Clash {
  claim: number;
  decision: Decision;
  conflict: Conflict;
}

class Review {
  /** The claim that is being edited, or rejected with a reason. */
  editing = $state<number | null>(null);
  rejecting = $state<number | null>(null);
  clash = $state.raw<Clash | null>(null);
  /** Requests under way: "saving" and "saved" are told from it. */
  saving = $state(0);
  failed = $state(false);

  async #send<T>(request: () => Promise<T>): Promise<T | null> {
    this.saving += 1;
    try {
      const answer = await request();
      this.failed = false;
      return answer;
    } finally {
      this.saving -= 1;
    }
  }

  /** Decide on a claim, or on one of its fields. True where it is stored. */
  async decide(claim: FullClaim, decision: Decision, version = claim.version): Promise<boolean> {
    try {
      const answer = await this.#send(() =>
        post<ClaimDetail>(`/claims/${claim.id}/decisions`, { ...decision, version }),
      );
      if (answer) data.replace(answer);
      this.clash = null;
      app.revision += 1;
      if (decision.field === undefined || decision.field === null)
        this.#told(claim, decision.action);
      else toasts.say(t('saved'));
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) {
        this.clash = { claim: claim.id, decision, conflict: error.body as Conflict };
        toasts.say(t('conflict.title'));
      } else {
        this.failed = true;
        toasts.error(error);
      }
      return false;
    }
  }

  #told(claim: FullClaim, action: Action): void {
    toasts.show(t(`verdict.${action}`, { id: String(claim.id), trigger: claim.trigger.text }), {
      tone: 'ok',
      action: { label: t('undo'), key: 'undo', run: () => void this.undo() },
    });
    if (prefs.advance && action !== 'edit') keys.run('next');
  }

  /** Take back one's own last step, whatever it was on. */
  async undo(): Promise<void> {
    try {
      const answer = await this.#send(() => post<{ claims: FullClaim[] }>('/undo', {}));
      for (const claim of answer?.claims ?? []) data.replace(claim);
      // What was added by hand may be gone now, and a step may have been of many claims.
      data.again += 1;
      app.revision += 1;
      const first = answer?.claims[0];
      toasts.show(t('undone'));
      if (first && first.id !== app.claim)
        app.selectClaim(first.id, { doc: first.document, by: 'undo' });
    } catch (error) {
      toasts.error(error);
    }
  }

  /** Keep what the other one decided. */
  yield(): void {
    if (this.clash) data.replace(this.clash.conflict.theirs);
    this.clash = null;
    app.revision += 1;
  }

  /** Decide the same upon the newer version. */
  async insist(): Promise<void> {
    const { clash } = this;
    if (!clash) return;
    const { theirs } = clash.conflict;
    await this.decide(theirs, clash.decision, theirs.version);
  }

  async addArgument(claim: FullClaim, role: string, start: number, end: number): Promise<void> {
    try {
      const answer = await this.#send(() =>
        post<ClaimDetail>(`/claims/${claim.id}/arguments`, {
          role,
          start,
          end,
          version: claim.version,
        }),
      );
      if (answer) data.replace(answer);
      app.revision += 1;
      toasts.show(t('added.argument', { role: t(`role.${role}`) }), {
        tone: 'ok',
        action: { label: t('undo'), key: 'undo', run: () => void this.undo() },
      });
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) {
        const conflict = error.body as Conflict;
        toasts.show(t('conflict.title'), { tone: 'danger' });
        data.replace(conflict.theirs);
      } else toasts.error(error);
    }
  }

  async addClaim(claim: {
    document: number;
    type: string;
    trigger: { start: number; end: number };
  }): Promise<void> {
    try {
      const answer = await this.#send(() => post<ClaimDetail>('/claims', claim));
      data.again += 1;
      app.revision += 1;
      if (answer) app.selectClaim(answer.id, { doc: answer.document, by: 'adding' });
      toasts.show(t('added.claim'), {
        tone: 'ok',
        action: { label: t('undo'), key: 'undo', run: () => void this.undo() },
      });
    } catch (error) {
      toasts.error(error);
    }
  }
}

export const review = new Review();
