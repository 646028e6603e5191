/** Texts of the interface: pure functions over flat dictionaries. */

export type Entry = string | { one: string; other: string };
export type Dictionary = Record<string, Entry>;
export type Params = Record<string, string | number>;

export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The first of the browser's languages that there is. */
export function choose(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => tag.toLowerCase().split('-')[0] === language);
    if (found) return found;
  }
  return 'en';
}

/**
 * The text of a key. `{name}` stands for a parameter; numbers are written as the language does.
 * A text may have the forms `one` and `other`, chosen by the parameter `count`.
 */
export function translate(
  dictionary: Dictionary,
  language: Language,
  key: string,
  params: Params = {},
): string {
  const entry = dictionary[key];
  if (entry === undefined) return key;
  const { count } = params;
  const text =
    typeof entry === 'string'
      ? entry
      : new Intl.PluralRules(language).select(Number(count ?? 0)) === 'one'
        ? entry.one
        : entry.other;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value;
  });
}

/** Names of parameters in an entry, for the test that compares languages. */
export function paramsOf(entry: Entry): string[] {
  const text = typeof entry === 'string' ? entry : `${entry.one} ${entry.other}`;
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))].sort();
}
