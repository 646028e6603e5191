/**
 * Overlapping and crossing spans become a row of segments without overlap: each piece of text
 * knows all spans over it. Underlines are stacked by `lane`, so that a span keeps its height
 * from its first piece to its last.
 */

export interface Range {
  start: number;
  end: number;
}

export interface Laned<T extends Range> {
  span: T;
  /** 0 is next to the letters. */
  lane: number;
}

export interface Segment<T extends Range> extends Range {
  spans: Laned<T>[];
}

/** A lane for each span: spans that touch the same text have different ones, shorter ones inside. */
export function lanes<T extends Range>(spans: readonly T[]): Laned<T>[] {
  const order = [...spans].sort(
    (a, b) => a.end - a.start - (b.end - b.start) || a.start - b.start || a.end - b.end,
  );
  const taken: T[][] = [];
  return order.map((span) => {
    let lane = taken.findIndex((row) =>
      row.every((other) => other.end <= span.start || span.end <= other.start),
    );
    if (lane < 0) lane = taken.push([]) - 1;
    taken[lane]!.push(span);
    return { span, lane };
  });
}

/**
 * The pieces of `range`, in order and without gaps, each with the spans over it, lowest lane
 * first. Spans may reach beyond the range; empty ones are left out.
 */
export function segments<T extends Range>(range: Range, laned: readonly Laned<T>[]): Segment<T>[] {
  const within = laned.filter(
    ({ span }) => span.start < span.end && span.start < range.end && span.end > range.start,
  );
  const cuts = new Set([range.start, range.end]);
  for (const { span } of within) {
    cuts.add(Math.max(span.start, range.start));
    cuts.add(Math.min(span.end, range.end));
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((start, index) => {
    const end = sorted[index + 1]!;
    const spans = within
      .filter(({ span }) => span.start <= start && span.end >= end)
      .sort((a, b) => a.lane - b.lane);
    return { start, end, spans };
  });
}

/**
 * Paragraphs of a text as ranges (of UTF-16 units here, whatever the caller counts in): cut at
 * line ends, long ones again at blanks, so that a browser lays out little at a time. Concatenated
 * they are the text.
 */
export function paragraphs(text: string, limit = 4000): Range[] {
  const out: Range[] = [];
  let start = 0;
  while (start < text.length) {
    const line = text.indexOf('\n', start);
    let end = line < 0 ? text.length : line + 1;
    if (end - start > limit) {
      const blank = text.lastIndexOf(' ', start + limit);
      end = blank > start ? blank + 1 : Math.min(end, start + limit);
      // Never between the two halves of one character.
      const unit = text.charCodeAt(end - 1);
      if (unit >= 0xd800 && unit <= 0xdbff && end < text.length) end += 1;
    }
    out.push({ start, end });
    start = end;
  }
  return out;
}
