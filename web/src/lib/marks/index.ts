export { FAMILIES, byFamily, colourToken, familyOf, typesOf, type Family } from './families';
export { SHAPES, SHAPE_OF, SIDE_SHAPES, path2d, type Shape } from './shapes';
export { default as Mark } from './Mark.svelte';
