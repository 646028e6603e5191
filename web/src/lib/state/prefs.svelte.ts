/** What a person prefers on this machine: theme, widths of panes, language. Kept in the browser. */

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'temoin.prefs';

interface Stored {
  theme: Theme;
  lang: string | null;
  widths: Record<string, number>;
  closed: string[];
  keys: Record<string, string>;
  advance: boolean;
}

function stored(): Stored {
  const none: Stored = {
    theme: 'system',
    lang: null,
    widths: {},
    closed: [],
    keys: {},
    advance: false,
  };
  try {
    return { ...none, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Stored>) };
  } catch {
    return none;
  }
}

class Preferences {
  #all = $state<Stored>(stored());
  #systemDark = $state(false);

  constructor() {
    if (typeof window === 'undefined' || !window.matchMedia) return;
    const media = window.matchMedia('(prefers-color-scheme: dark)');
    this.#systemDark = media.matches;
    media.addEventListener('change', (event) => {
      this.#systemDark = event.matches;
      this.#show();
    });
    this.#show();
  }

  #show(): void {
    document.documentElement.dataset.theme = this.dark ? 'dark' : 'light';
  }

  #keep(): void {
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#all));
    } catch {
      // A browser that keeps nothing still works; it only forgets.
    }
  }

  get theme(): Theme {
    return this.#all.theme;
  }
  set theme(theme: Theme) {
    this.#all.theme = theme;
    this.#show();
    this.#keep();
  }

  /** Whether dark colours are shown now: canvases draw anew when it changes. */
  get dark(): boolean {
    return this.#all.theme === 'system' ? this.#systemDark : this.#all.theme === 'dark';
  }

  get lang(): string | null {
    return this.#all.lang;
  }
  set lang(lang: string | null) {
    this.#all.lang = lang;
    this.#keep();
  }

  get keys(): Readonly<Record<string, string>> {
    return this.#all.keys;
  }
  setKey(action: string, key: string | null): void {
    const rest = Object.fromEntries(
      Object.entries(this.#all.keys).filter(([name]) => name !== action),
    );
    this.#all.keys = key === null ? rest : { ...rest, [action]: key };
    this.#keep();
  }
  resetKeys(): void {
    this.#all.keys = {};
    this.#keep();
  }

  /** Whether a decision goes on to the next claim. */
  get advance(): boolean {
    return this.#all.advance;
  }
  set advance(advance: boolean) {
    this.#all.advance = advance;
    this.#keep();
  }

  width(pane: string, fallback: number): number {
    return this.#all.widths[pane] ?? fallback;
  }
  setWidth(pane: string, width: number): void {
    this.#all.widths[pane] = Math.round(width);
    this.#keep();
  }

  isClosed(pane: string): boolean {
    return this.#all.closed.includes(pane);
  }
  setClosed(pane: string, closed: boolean): void {
    const others = this.#all.closed.filter((name) => name !== pane);
    this.#all.closed = closed ? [...others, pane] : others;
    this.#keep();
  }
}

export const prefs = new Preferences();
