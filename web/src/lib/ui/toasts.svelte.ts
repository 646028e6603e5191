/** Short news at the edge of the page, also read out by screen readers. */

export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'ok' | 'danger';
  action?: { label: string; key?: string; run: () => void } | undefined;
}

class Toasts {
  items = $state<Toast[]>([]);
  /** Read out, not shown. */
  said = $state('');
  #last = 0;

  show(
    text: string,
    {
      tone = 'plain',
      action,
      seconds = 6,
    }: Partial<Omit<Toast, 'id' | 'text'>> & { seconds?: number } = {},
  ): void {
    this.#last += 1;
    const id = this.#last;
    this.items = [...this.items.slice(-2), { id, text, tone, action }];
    setTimeout(() => this.hide(id), seconds * 1000);
  }

  error(error: unknown): void {
    this.show(error instanceof Error ? error.message : String(error), {
      tone: 'danger',
      seconds: 12,
    });
  }

  say(text: string): void {
    this.said = text;
  }

  hide(id: number): void {
    this.items = this.items.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
