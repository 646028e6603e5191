/** Finds room for names on the map, and what lies under the pointer: boxes in a grid. */

/** A box in pixels. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const CELL = 64;

/** Boxes that are taken; asks quickly whether another one touches any. */
export class Room {
  readonly #cells = new Map<string, Rect[]>();

  /** Whether nothing is there yet. */
  isFree(rect: Rect): boolean {
    for (const key of keysOf(rect)) {
      for (const taken of this.#cells.get(key) ?? []) {
        if (
          rect.left < taken.right &&
          rect.right > taken.left &&
          rect.top < taken.bottom &&
          rect.bottom > taken.top
        ) {
          return false;
        }
      }
    }
    return true;
  }

  take(rect: Rect): void {
    for (const key of keysOf(rect)) {
      const there = this.#cells.get(key);
      if (there) there.push(rect);
      else this.#cells.set(key, [rect]);
    }
  }
}

function* keysOf(rect: Rect): Generator<string> {
  for (let x = Math.floor(rect.left / CELL); x <= Math.floor(rect.right / CELL); x += 1) {
    for (let y = Math.floor(rect.top / CELL); y <= Math.floor(rect.bottom / CELL); y += 1) {
      yield `${String(x)},${String(y)}`;
    }
  }
}

/** Something round on the map. */
export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** The place of the disc under a point: the one drawn last wins, near misses count a little. */
export function discAt(discs: readonly Disc[], x: number, y: number, slack = 4): number {
  let best = -1;
  let nearest = Infinity;
  for (let at = discs.length - 1; at >= 0; at -= 1) {
    const disc = discs[at] as Disc;
    const far = Math.hypot(disc.x - x, disc.y - y);
    if (far <= disc.radius) return at;
    if (far <= disc.radius + slack && far < nearest) {
      nearest = far;
      best = at;
    }
  }
  return best;
}

/** Where a name may stand beside its point, the best place first. */
export function spots(x: number, y: number, width: number, height: number, gap: number): Rect[] {
  const half = height / 2;
  return [
    { left: x + gap, top: y - half, right: x + gap + width, bottom: y + half },
    { left: x - gap - width, top: y - half, right: x - gap, bottom: y + half },
    { left: x - width / 2, top: y - gap - height, right: x + width / 2, bottom: y - gap },
    { left: x - width / 2, top: y + gap, right: x + width / 2, bottom: y + gap + height },
  ];
}
