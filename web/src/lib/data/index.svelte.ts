/** What is selected, loaded once for all views: the document, its claims, the claim. */

import {
  get,
  Loaded,
  type ClaimDetail,
  type DocumentClaims,
  type DocumentDetail,
  type FullClaim,
} from '../api';
import { app } from '../state/store.svelte';

class Data {
  readonly document = new Loaded<DocumentDetail>();
  readonly claims = new Loaded<DocumentClaims>();
  readonly detail = new Loaded<ClaimDetail>();

  /** Goes up when the whole document has to be loaded anew; single claims are put in place. */
  again = $state(0);

  /** Load what the address names; call it within an effect. */
  follow(): void {
    const { doc, claim, revision } = app;
    if (doc === null) {
      this.document.clear();
      this.claims.clear();
    } else {
      this.document.load(`/documents/${doc}`, {}, this.again);
      this.claims.load(`/documents/${doc}/claims`, {}, this.again);
    }
    if (claim === null) this.detail.clear();
    else this.detail.load(`/claims/${claim}`, {}, revision);
  }

  /** The document in view; not the one before while the next is on its way. */
  readonly shown: DocumentDetail | null = $derived(
    this.document.value?.id === app.doc ? this.document.value : null,
  );

  /** Claims of that document, in the order of its text. */
  readonly items: readonly FullClaim[] = $derived(
    this.claims.value?.document === app.doc ? (this.claims.value?.items ?? []) : [],
  );

  /** The selected claim as far as it is known yet. */
  readonly selected: FullClaim | ClaimDetail | null = $derived(
    app.claim === null
      ? null
      : this.detail.value?.id === app.claim
        ? this.detail.value
        : (this.items.find((item) => item.id === app.claim) ?? null),
  );

  /** Claims of the document in view that somebody changed: fetched one by one where they are few. */
  async refresh(numbers: readonly number[], more: boolean): Promise<void> {
    const here = numbers.filter(
      // The selected one is loaded anew anyway, with its history.
      (number) => number !== app.claim && this.items.some((item) => item.id === number),
    );
    if (more || here.length > 12) {
      this.again += 1;
      return;
    }
    try {
      const claims = await Promise.all(here.map((number) => get<ClaimDetail>(`/claims/${number}`)));
      for (const claim of claims) this.replace(claim);
    } catch {
      this.again += 1;
    }
  }

  /** Put the server's newest state of a claim in the place of the old one. */
  replace(claim: FullClaim | ClaimDetail): void {
    const all = this.claims.value;
    if (all && all.items.some((item) => item.id === claim.id)) {
      this.claims.value = {
        ...all,
        items: all.items.map((item) => (item.id === claim.id ? claim : item)),
      };
    }
    const detail = this.detail.value;
    if (detail?.id === claim.id) {
      this.detail.value = 'history' in claim ? claim : { ...detail, ...claim };
    }
  }
}

export const data = new Data();
