import { describe, expect, it } from 'vitest';

import en from '../i18n/en/core.json';
import { actionFor, BINDINGS, clashes, keyOf, shown } from './table';

const WANTED: [string, string][] = [
  ['a', 'accept'],
  ['e', 'edit'],
  ['r', 'reject'],
  ['u', 'unsure'],
  ['j', 'next'],
  ['k', 'previous'],
  ['n', 'next-document'],
  ['p', 'previous-document'],
  ['z', 'undo'],
  ['/', 'search'],
  ['?', 'help'],
  ['g', 'go-map'],
  ['t', 'go-timeline'],
  ['Escape', 'close'],
];

describe('keys', () => {
  it.each(WANTED)('%s is %s', (key, action) => {
    expect(actionFor(key, 'read')).toBe(action);
  });

  it.each([
    ['y', 'pair-same'],
    ['n', 'pair-different'],
    ['h', 'pair-unsure'],
  ])('%s judges a pair: %s', (key, action) => {
    expect(actionFor(key, 'incidents')).toBe(action);
  });

  it('work with caps lock', () => {
    expect(actionFor('A', 'read')).toBe('accept');
  });

  it('name no action twice', () => {
    const actions = BINDINGS.map((binding) => binding.action);
    expect(new Set(actions).size).toBe(actions.length);
  });

  it.each(BINDINGS.map((binding) => [binding.action, binding] as const))(
    '%s is in nobody’s way and has a text',
    (action, binding) => {
      expect(clashes(action, binding.key)).toEqual([]);
      expect(en).toHaveProperty([binding.label]);
    },
  );

  it('can be put elsewhere', () => {
    const remapped = { accept: 'b' };
    expect(keyOf('accept', remapped)).toBe('b');
    expect(actionFor('b', 'read', remapped)).toBe('accept');
    expect(actionFor('a', 'read', remapped)).toBeUndefined();
    expect(clashes('accept', 'r').map((other) => other.action)).toEqual(['reject']);
    expect(clashes('accept', 'y')).toEqual([]);
  });

  it('of one view are not put on those of all views, nor the other way round', () => {
    expect(clashes('accept', 'j').map((other) => other.action)).toEqual(['next']);
    expect(clashes('next', 'a').map((other) => other.action)).toEqual(['accept']);
    expect(clashes('accept', 'j', { next: 'l' })).toEqual([]);
  });

  it('are printed short', () => {
    expect(shown('Escape')).toBe('Esc');
    expect(shown('a')).toBe('a');
  });
});
