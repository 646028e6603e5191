import { describe, expect, it } from 'vitest';

import { combined, emptyState, format, parse, type UrlState } from './url';

const full: UrlState = {
  view: 'map',
  dock: ['map', 'timeline'],
  q: 'type:shelling near:18.44,1.41~50km "cease fire" -state:rejected é # & = ? 100% قصف 🎈',
  doc: 12,
  claim: 345,
  incident: 'inc-7f3a',
  entity: 'actor:syria-government',
  from: '2024-03-01',
  to: '2024-03-31',
  day: '2024-03-11',
  map: { lat: 31.4451, lon: -12.98, zoom: 7.5 },
  order: 'time',
  lang: 'fr',
};

describe('the address', () => {
  it('gives back everything that was put in', () => {
    expect(parse(format(full))).toEqual(full);
  });

  it('is short where nothing is chosen', () => {
    expect(format(emptyState())).toBe('#read');
    expect(parse('')).toEqual(emptyState());
    expect(parse('#')).toEqual(emptyState());
  });

  it('is the same for the same state', () => {
    expect(format(parse(format(full)))).toBe(format(full));
  });

  it.each([
    ['#<script>?doc=1', 'read'],
    ['#../../etc', 'read'],
    ['#timeline', 'timeline'],
  ])('takes only a name for a view: %s', (hash, view) => {
    expect(parse(hash).view).toBe(view);
  });

  it('forgets what cannot be read', () => {
    const hash = '#read?doc=x&claim=-1&from=2024-13-45&to=yesterday&map=91,0,3&order=none&lang=xyz';
    expect(parse(hash)).toEqual(emptyState());
  });

  it('needs three numbers for a map', () => {
    expect(parse('#map?map=1,2').map).toBeNull();
    expect(parse('#map?map=1,2,3').map).toEqual({ lat: 1, lon: 2, zoom: 3 });
    expect(parse('#map?map=a,b,c').map).toBeNull();
  });
});

describe('the query', () => {
  it('is what was typed', () => {
    expect(combined({ q: ' mizda ', from: null, to: null })).toBe('mizda');
  });

  it('takes the days of the brush besides, whatever was typed', () => {
    expect(combined({ q: 'a OR b', from: '2024-01-01', to: '2024-02-01' })).toBe(
      '(a OR b) from:2024-01-01 to:2024-02-01',
    );
    expect(combined({ q: '', from: '2024-01-01', to: null })).toBe('from:2024-01-01');
  });
});
