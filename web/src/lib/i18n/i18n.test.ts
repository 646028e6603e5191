import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import dynamic from './dynamic.json';
import { choose, paramsOf, translate, type Dictionary } from './translate';

const SOURCE = join(import.meta.dirname, '../..');

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

const all = files(SOURCE);

function dictionary(language: string): Dictionary {
  const out: Dictionary = {};
  for (const path of all) {
    if (!new RegExp(`/i18n/${language}(/[^/]+)?\\.json$`).test(path)) continue;
    for (const [key, entry] of Object.entries(
      JSON.parse(readFileSync(path, 'utf8')) as Dictionary,
    )) {
      expect(out, `${key} stands twice`).not.toHaveProperty([key]);
      out[key] = entry;
    }
  }
  return out;
}

const en = dictionary('en');
const fr = dictionary('fr');
// The titles of views are made of their names: `<id>.title`, `<id>.about`.
const views = readdirSync(join(SOURCE, 'views'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => [`${name}.title`, `${name}.about`]);
const code = all
  .filter(
    (path) => /\.(ts|svelte)$/.test(path) && !path.includes('.test.') && !path.endsWith('.d.ts'),
  )
  .map((path) => readFileSync(path, 'utf8'))
  .concat(
    all.filter((path) => path.endsWith('keys.json')).map((path) => readFileSync(path, 'utf8')),
  )
  .join('\n');

describe('texts', () => {
  it('are there in both languages', () => {
    expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort());
  });

  it('have the same parameters in both', () => {
    for (const [key, entry] of Object.entries(en)) {
      expect(paramsOf(fr[key] ?? ''), key).toEqual(paramsOf(entry));
    }
  });

  it('are all used', () => {
    const unused = Object.keys(en).filter(
      (key) =>
        !views.includes(key) &&
        !dynamic.prefixes.some((prefix) => key.startsWith(prefix)) &&
        !code.includes(`'${key}'`) &&
        !code.includes(`"${key}"`),
    );
    expect(unused).toEqual([]);
  });

  it('are there where they are used', () => {
    const used = [...code.matchAll(/\bt\(\s*['"]([\w.-]+)['"]/g)].map((match) => match[1]!);
    expect(used.length).toBeGreaterThan(50);
    expect([...new Set(used)].filter((key) => !(key in en))).toEqual([]);
  });

  it('are not empty', () => {
    for (const entry of [...Object.values(en), ...Object.values(fr)]) {
      expect(typeof entry === 'string' ? entry.trim() : entry.one && entry.other).toBeTruthy();
    }
  });
});

describe('translate', () => {
  const words: Dictionary = { n: { one: '{count} claim', other: '{count} claims' }, a: 'by {who}' };

  it('fills in parameters and chooses the number', () => {
    expect(translate(words, 'en', 'n', { count: 1 })).toBe('1 claim');
    expect(translate(words, 'en', 'n', { count: 2455 })).toBe('2,455 claims');
    expect(translate(words, 'en', 'a', { who: '{who}' })).toBe('by {who}');
  });

  it('counts none as one in French', () => {
    expect(translate(words, 'fr', 'n', { count: 0 })).toBe('0 claim');
    expect(translate(words, 'en', 'n', { count: 0 })).toBe('0 claims');
  });

  it('gives back the key that it does not know', () => {
    expect(translate(words, 'en', 'nothing')).toBe('nothing');
  });
});

describe('choose', () => {
  it.each([
    [['de', 'fr-CA', 'en'], 'fr'],
    [['EN-us'], 'en'],
    [['ar'], 'en'],
    [[], 'en'],
  ])('%j gives %s', (wanted, language) => {
    expect(choose(wanted)).toBe(language);
  });
});
