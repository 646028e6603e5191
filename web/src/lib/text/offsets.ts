/**
 * Offsets of the server count Unicode code points, those of JavaScript UTF-16 units. They differ
 * after each character beyond U+FFFF (emoji, some scripts). An index of these characters turns
 * one into the other in logarithmic time; a text without any costs nothing.
 */

export class Offsets {
  /** Code-point offsets of the characters that take two units. */
  readonly #wide: number[] = [];
  readonly length: number;

  constructor(readonly text: string) {
    let points = 0;
    for (let unit = 0; unit < text.length; points += 1) {
      const wide = text.codePointAt(unit)! > 0xffff;
      if (wide) this.#wide.push(points);
      unit += wide ? 2 : 1;
    }
    this.length = points;
  }

  /** How many of the sorted numbers are below a limit. */
  static #below(numbers: readonly number[], within: (index: number) => boolean): number {
    let low = 0;
    let high = numbers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (within(middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Code points before a place to UTF-16 units before it. */
  toUnits(point: number): number {
    const kept = Math.max(0, Math.min(point, this.length));
    return kept + Offsets.#below(this.#wide, (index) => this.#wide[index]! < kept);
  }

  /**
   * UTF-16 units before a place to code points before it. A place inside a surrogate pair
   * counts as before the character.
   */
  toPoints(unit: number): number {
    const kept = Math.max(0, Math.min(unit, this.text.length));
    // The character number i begins at unit wide[i] + i and ends two units later.
    const passed = Offsets.#below(this.#wide, (index) => this.#wide[index]! + index + 2 <= kept);
    const inside = this.#wide[passed];
    return inside !== undefined && inside + passed + 1 === kept ? inside : kept - passed;
  }

  /** The words between two code-point offsets. */
  slice(start: number, end: number): string {
    return this.text.slice(this.toUnits(start), this.toUnits(end));
  }

  /** Moves a range outwards so that it cuts no character that a reader sees as one. */
  wholeCharacters(start: number, end: number, around = 64): [number, number] {
    const left = Math.max(0, start - around);
    const right = Math.min(this.length, end + around);
    const words = this.slice(left, right);
    const base = this.toUnits(left);
    let [from, to] = [start, end];
    for (const { segment, index } of new Intl.Segmenter(undefined).segment(words)) {
      const first = this.toPoints(base + index);
      const last = this.toPoints(base + index + segment.length);
      if (first < start && start < last) from = first;
      if (first < end && end < last) to = last;
    }
    return [from, to];
  }

  /** A range without blanks at its ends; null if nothing is left. */
  trimmed(start: number, end: number): [number, number] | null {
    const words = this.slice(start, end);
    const lead = [...words].length - [...words.trimStart()].length;
    const trail = [...words].length - [...words.trimEnd()].length;
    return start + lead < end - trail ? [start + lead, end - trail] : null;
  }
}
