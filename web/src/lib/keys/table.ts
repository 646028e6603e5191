/** The table of keys: what is bound to what, on which view. Pure. */

import data from './keys.json';

export interface Binding {
  action: string;
  /** As `KeyboardEvent.key` has it. */
  key: string;
  /** Key of its text. */
  label: string;
  /** Views in which it works; `*` for all. */
  routes: string[];
  group: string;
  /** Only told in the help: forms and buttons do it by themselves. */
  passive?: boolean;
}

export const BINDINGS: readonly Binding[] = data;

export type Remapped = Readonly<Record<string, string>>;

export function keyOf(action: string, remapped: Remapped = {}): string | undefined {
  return remapped[action] ?? BINDINGS.find((binding) => binding.action === action)?.key;
}

/** What a key does in a view; a binding of this very view comes before one of all views. */
export function actionFor(key: string, view: string, remapped: Remapped = {}): string | undefined {
  const wanted = key.length === 1 ? key.toLowerCase() : key;
  const bound = BINDINGS.filter(
    (binding) => !binding.passive && (remapped[binding.action] ?? binding.key) === wanted,
  );
  const here =
    bound.find((binding) => binding.routes.includes(view)) ??
    bound.find((binding) => binding.routes.includes('*'));
  return here?.action;
}

/** Bindings that would get in each other's way were this action on this key. */
export function clashes(action: string, key: string, remapped: Remapped = {}): Binding[] {
  const own = BINDINGS.find((binding) => binding.action === action);
  if (!own) return [];
  const meet = (a: Binding, b: Binding): boolean =>
    a.routes.includes('*') ||
    b.routes.includes('*') ||
    a.routes.some((route) => b.routes.includes(route));
  return BINDINGS.filter(
    (other) =>
      other.action !== action &&
      !other.passive &&
      (remapped[other.action] ?? other.key) === key &&
      meet(own, other),
  );
}

const SHOWN: Record<string, string> = {
  ' ': '␣',
  Escape: 'Esc',
  Enter: '↵',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

/** A key as it is printed on a button. */
export function shown(key: string): string {
  return SHOWN[key] ?? key;
}
