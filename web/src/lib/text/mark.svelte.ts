/** The piece of text that a person has marked, in code points, to add something by hand. */
class TextMark {
  /** Of the document in view; null: nothing is marked. */
  range = $state.raw<{ doc: number; start: number; end: number } | null>(null);
  /** Whether the keyboard moves it. */
  byKeys = $state(false);

  clear(): void {
    this.range = null;
    this.byKeys = false;
  }
}

export const textMark = new TextMark();
