import { describe, expect, it } from 'vitest';

import { hasPart, parts, toggled, without } from './parts';

describe('parts of a query', () => {
  it.each([
    ['', []],
    ['  mizda  type:shelling ', ['mizda', 'type:shelling']],
    ['"cease fire" lang:en', ['"cease fire"', 'lang:en']],
    ['place:"Deir ez-Zor" -state:rejected', ['place:"Deir ez-Zor"', '-state:rejected']],
    ['(a OR b) c', ['(a OR b)', 'c']],
    ['a OR b c', ['a OR b c']],
    ['a (b c) d', ['a', '(b c)', 'd']],
    ['unclosed "quote here', ['unclosed', '"quote here']],
  ])('%s', (query, expected) => {
    expect(parts(query)).toEqual(expected);
  });

  it('are put in and taken out', () => {
    expect(toggled('mizda', 'type:shelling')).toBe('mizda type:shelling');
    expect(toggled('mizda type:shelling', 'type:shelling')).toBe('mizda');
    expect(toggled('a OR b', 'lang:fr')).toBe('(a OR b) lang:fr');
    expect(hasPart('mizda type:shelling', 'type:shelling')).toBe(true);
    expect(without('a b c', 1)).toBe('a c');
  });
});
