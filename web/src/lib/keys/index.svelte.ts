/**
 * Keys. A component says what an action does while it is there:
 *
 *     $effect(() => keys.bind('accept', () => …));
 *
 * The last one bound wins, so a dialog may take a key and give it back. Keys do nothing while
 * somebody types, and never take the focus.
 */

import { prefs } from '../state/prefs.svelte';
import { app } from '../state/store.svelte';
import { actionFor, keyOf, shown } from './table';

export { BINDINGS, clashes, shown, type Binding } from './table';

type Handler = (event: KeyboardEvent) => unknown;

/** Whether keys are letters to whatever has the focus. */
function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('textarea, select')) return true;
  return (
    target instanceof HTMLInputElement &&
    !['checkbox', 'radio', 'button', 'submit', 'range', 'reset', 'file'].includes(target.type)
  );
}

class Keys {
  readonly #handlers = new Map<string, Handler[]>();
  /** While a dialog of settings listens for a new key, nothing else does. */
  paused = $state(false);

  /** Do this at that action's key; returns what ends it. A handler that returns false passes on. */
  bind(action: string, handler: Handler): () => void {
    const stack = this.#handlers.get(action) ?? [];
    this.#handlers.set(action, stack);
    stack.push(handler);
    return () => {
      const index = stack.lastIndexOf(handler);
      if (index >= 0) stack.splice(index, 1);
    };
  }

  /** Do an action as if its key had been pressed. */
  run(action: string, event: KeyboardEvent = new KeyboardEvent('keydown')): boolean {
    const stack = this.#handlers.get(action) ?? [];
    for (let index = stack.length - 1; index >= 0; index -= 1) {
      if (stack[index]!(event) !== false) return true;
    }
    return false;
  }

  /** The key of an action as it is printed, or nothing. */
  hint(action: string): string {
    const key = keyOf(action, prefs.keys);
    return key === undefined ? '' : shown(key);
  }

  /** For `aria-keyshortcuts`. */
  aria(action: string): string | undefined {
    const key = keyOf(action, prefs.keys);
    return key === ' ' ? 'Space' : key;
  }

  readonly press = (event: KeyboardEvent): void => {
    if (this.paused || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey)
      return;
    if (event.isComposing) return;
    const { target } = event;
    if (typing(target) && event.key !== 'Escape') return;
    // Enter and Space belong to the button that has the focus.
    const pressable =
      target instanceof Element &&
      target.closest('button, a, summary, [role=button], [role=option], [role=slider], input');
    if (pressable && (event.key === 'Enter' || event.key === ' ')) return;
    const action = actionFor(event.key, app.view, prefs.keys);
    if (action !== undefined && this.run(action, event)) event.preventDefault();
  };
}

export const keys = new Keys();
