/** Shapes within a circle of radius 1 around 0,0, as path data for SVG and for `Path2D`. */
import type { Family } from './families';

export type Shape = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'star' | 'drop';

export const SHAPES: Readonly<Record<Shape, string>> = {
  circle: 'M-.95 0A.95 .95 0 1 0 .95 0A.95 .95 0 1 0 -.95 0Z',
  square: 'M-.84 -.84H.84V.84H-.84Z',
  triangle: 'M0 -1.08L1.06 .8H-1.06Z',
  diamond: 'M0 -1.16L1.16 0L0 1.16L-1.16 0Z',
  cross: 'M-.38 -1.05H.38V-.38H1.05V.38H.38V1.05H-.38V.38H-1.05V-.38H-.38Z',
  star: 'M0 -1.15L.33 -.42L1.12 -.34L.52 .18L.7 .96L0 .55L-.7 .96L-.52 .18L-1.12 -.34L-.33 -.42Z',
  drop: 'M0 1.08L1.06 -.8H-1.06Z',
};

/** Each family has a shape of its own, so that no colour is needed to tell them apart. */
export const SHAPE_OF: Readonly<Record<Family, Shape>> = {
  combat: 'triangle',
  control: 'square',
  means: 'cross',
  harm: 'diamond',
  politics: 'circle',
};

/** The shapes of sides (who holds a place), in the order in which sides are given looks. */
export const SIDE_SHAPES: readonly Shape[] = [
  'circle',
  'square',
  'triangle',
  'diamond',
  'drop',
  'cross',
  'star',
];

/** The path of a family's shape, `size` wide and high around 0,0, for canvas. */
const paths = new Map<Shape, Path2D>();

/** The shape for a canvas that is scaled to its radius. */
export function path2d(shape: Shape): Path2D {
  let found = paths.get(shape);
  if (!found) {
    found = new Path2D(SHAPES[shape]);
    paths.set(shape, found);
  }
  return found;
}
