/**
 * `t(key, {…})` gives the text in the language of the interface; it is reactive.
 *
 * Dictionaries are data: `src/lib/i18n/{fr,en}/*.json` and `src/views/<view>/i18n/{fr,en}.json`,
 * flat keys that begin with the name of their part (`map.title`).
 */

import { prefs } from '../state/prefs.svelte';
import { app } from '../state/store.svelte';
import {
  choose,
  LANGUAGES,
  translate,
  type Dictionary,
  type Language,
  type Params,
} from './translate';

export { LANGUAGES, type Language };

const files = import.meta.glob<Dictionary>(
  ['./{fr,en}/*.json', '../../views/*/i18n/{fr,en}.json'],
  { eager: true, import: 'default' },
);

function gather(language: Language): Dictionary {
  const found = Object.entries(files).filter(([path]) =>
    new RegExp(`/${language}(/[^/]+)?\\.json$`).test(path),
  );
  return Object.assign({}, ...found.map(([, dictionary]) => dictionary)) as Dictionary;
}

const dictionaries: Record<Language, Dictionary> = { en: gather('en'), fr: gather('fr') };

class I18n {
  /** The language of the interface: the address, then the person's choice, then the browser. */
  readonly language: Language = $derived(
    choose([app.lang, prefs.lang, ...navigator.languages].filter((tag) => tag !== null)),
  );

  t = (key: string, params?: Params): string =>
    translate(dictionaries[this.language], this.language, key, params);

  has = (key: string): boolean => key in dictionaries[this.language];

  number = (value: number, options?: Intl.NumberFormatOptions): string =>
    new Intl.NumberFormat(this.language, options).format(value);

  percent = (value: number): string => this.number(value, { style: 'percent' });

  /** A day such as 2024-03-11; what is no day stays as it is. */
  day = (iso: string | null | undefined, style: 'short' | 'long' = 'short'): string => {
    if (!iso) return '';
    const date = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
    if (Number.isNaN(date.getTime())) return iso;
    return new Intl.DateTimeFormat(this.language, {
      day: 'numeric',
      month: style,
      year: 'numeric',
      timeZone: 'UTC',
      ...(style === 'long' ? { weekday: 'long' } : {}),
    }).format(date);
  };

  /** From a day to a day, without saying twice what they share. */
  days = (from: string | null | undefined, to: string | null | undefined): string => {
    if (!from && !to) return '';
    if (from && !to) return this.t('time.since', { day: this.day(from) });
    if (!from) return this.t('time.until', { day: this.day(to) });
    if (from === to) return this.day(from);
    const [a, b] = [new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)];
    return new Intl.DateTimeFormat(this.language, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    }).formatRange(a, b);
  };

  /** A moment, in the time zone of this computer. */
  moment = (iso: string): string => {
    const date = new Date(iso);
    if (Number.isNaN(date.getTime())) return iso;
    return new Intl.DateTimeFormat(this.language, {
      dateStyle: 'medium',
      timeStyle: 'short',
    }).format(date);
  };

  languageName = (code: string): string => {
    if (!/^[a-z]{2,3}$/.test(code)) return this.t('language.other');
    return new Intl.DisplayNames(this.language, { type: 'language' }).of(code) ?? code;
  };

  countryName = (code: string): string => {
    if (!/^[A-Z]{2}$/.test(code)) return code;
    return new Intl.DisplayNames(this.language, { type: 'region' }).of(code) ?? code;
  };
}

export const i18n = new I18n();
export const t = i18n.t;
