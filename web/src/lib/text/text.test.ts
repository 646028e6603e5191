import { describe, expect, it } from 'vitest';

import { direction, lanes, Offsets, paragraphs, segments, type Range } from '.';

const TEXTS: Record<string, string> = {
  plain: 'Fifteen shells fell on Mizda.',
  emoji: '🎈 frappe 💥💥 sur Mizda 👩‍🚒 fin',
  arabic: 'قصف الجيش مدينة مزدة صباح الأحد.',
  combining: 'l\u2019e\u0301tat-major a annonce\u0301 la prise',
  mixed: 'قال 🕊️ the army قصفت at 5 a.m. — 中文 𠜎𠜱 end',
  ukrainian: 'Армія обстріляла село.',
  empty: '',
};

describe.each(Object.entries(TEXTS))('offsets in %s', (_, text) => {
  const offsets = new Offsets(text);
  const points = [...text];

  it('has as many code points as the text', () => {
    expect(offsets.length).toBe(points.length);
  });

  it('turns each code point into units and back', () => {
    for (let point = 0; point <= points.length; point += 1) {
      const unit = points.slice(0, point).join('').length;
      expect(offsets.toUnits(point)).toBe(unit);
      expect(offsets.toPoints(unit)).toBe(point);
    }
  });

  it('slices as the server does', () => {
    for (let start = 0; start < points.length; start += 1) {
      const end = Math.min(points.length, start + 5);
      expect(offsets.slice(start, end)).toBe(points.slice(start, end).join(''));
    }
  });
});

describe('offsets', () => {
  it('take the middle of a surrogate pair for its beginning', () => {
    const offsets = new Offsets('a💥b💥c');
    expect(offsets.toPoints(1)).toBe(1);
    expect(offsets.toPoints(2)).toBe(1);
    expect(offsets.toPoints(3)).toBe(2);
    expect(offsets.toPoints(4)).toBe(3);
    expect(offsets.toPoints(5)).toBe(3);
    expect(offsets.toPoints(6)).toBe(4);
  });

  it('stay within the text', () => {
    const offsets = new Offsets('💥');
    expect(offsets.toUnits(99)).toBe(2);
    expect(offsets.toUnits(-1)).toBe(0);
    expect(offsets.toPoints(99)).toBe(1);
  });

  it('cut no letter from its accent and no family of emoji', () => {
    const accent = new Offsets('cafe\u0301 noir');
    expect(accent.wholeCharacters(0, 4)).toEqual([0, 5]);
    const family = new Offsets('a 👩‍🚒 b');
    expect(family.wholeCharacters(3, 4)).toEqual([2, 5]);
    const plain = new Offsets('one two three');
    expect(plain.wholeCharacters(4, 7)).toEqual([4, 7]);
  });

  it('leave out blanks at the ends', () => {
    const offsets = new Offsets('a  💥 word  b');
    expect(offsets.trimmed(1, 11)).toEqual([3, 9]);
    expect(offsets.trimmed(1, 3)).toBeNull();
  });
});

function span(start: number, end: number): Range {
  return { start, end };
}

describe('segments', () => {
  it('are the text, without gap or overlap', () => {
    const all = lanes([span(2, 8), span(5, 12), span(5, 6), span(20, 22)]);
    const cut = segments(span(0, 25), all);
    expect(cut[0]!.start).toBe(0);
    expect(cut.at(-1)!.end).toBe(25);
    for (let index = 1; index < cut.length; index += 1) {
      expect(cut[index]!.start).toBe(cut[index - 1]!.end);
    }
  });

  it('know every span over them', () => {
    const [outer, inner] = [span(0, 10), span(4, 6)];
    const cut = segments(span(0, 12), lanes([outer, inner]));
    expect(cut.map((each) => each.spans.map(({ span: s }) => [s.start, s.end]))).toEqual([
      [[0, 10]],
      [
        [4, 6],
        [0, 10],
      ],
      [[0, 10]],
      [],
    ]);
  });

  it('keep crossing spans apart in lanes of their own, short ones next to the letters', () => {
    const crossing = lanes([span(0, 10), span(5, 12), span(20, 30)]);
    const lane = (start: number): number =>
      crossing.find(({ span: each }) => each.start === start)!.lane;
    expect(lane(5)).toBe(0);
    expect(lane(0)).toBe(1);
    expect(lane(20)).toBe(0);
  });

  it('cut spans at the ends of their range, and leave out empty ones', () => {
    const cut = segments(span(5, 8), lanes([span(0, 100), span(6, 6)]));
    expect(cut).toHaveLength(1);
    expect(cut[0]).toMatchObject({ start: 5, end: 8 });
  });

  it('cut no word that no span cuts', () => {
    const text = 'قصف الجيش مدينة';
    const cut = segments(span(0, text.length), lanes([span(0, 3), span(4, 9)]));
    expect(cut.map((each) => text.slice(each.start, each.end))).toEqual([
      'قصف',
      ' ',
      'الجيش',
      ' مدينة',
    ]);
  });
});

describe('paragraphs', () => {
  it('put together are the text', () => {
    const text = `one\n\ntwo\nthree ${'word '.repeat(3000)}${'💥'.repeat(5000)}`;
    const parts = paragraphs(text, 1000);
    expect(parts.map((each) => text.slice(each.start, each.end)).join('')).toBe(text);
    expect(Math.max(...parts.map((each) => each.end - each.start))).toBeLessThanOrEqual(1001);
  });

  it('cut no surrogate pair', () => {
    const text = 'a' + '💥'.repeat(3000);
    for (const { start } of paragraphs(text, 1000)) {
      const unit = text.charCodeAt(start);
      expect(unit >= 0xdc00 && unit <= 0xdfff).toBe(false);
    }
  });
});

describe('direction', () => {
  it.each([
    ['«قصف» the town', 'rtl'],
    ['12 % of the town قصف', 'ltr'],
    ['', 'ltr'],
    ['שלום', 'rtl'],
  ])('of %s is %s', (text, expected) => {
    expect(direction(text)).toBe(expected);
  });
});
