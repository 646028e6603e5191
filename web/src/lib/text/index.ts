export { Offsets } from './offsets';
export { lanes, paragraphs, segments, type Laned, type Range, type Segment } from './segments';
export { direction } from './direction';
