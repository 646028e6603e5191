/** The basemap as a layer of Leaflet: tiles drawn here, none fetched. */
import L from 'leaflet';

import { decode, type World } from './format';
import { palette, type Palette } from './palette';
import { drawTile } from './tiles';
import coarseUrl from './generated/world-50m.bin?url';
import fineUrl from './generated/world-10m.bin?url';

/** From this zoom on the finer world is drawn. */
export const FINE_ZOOM = 6;

/** After a failure it is not asked again for so many milliseconds. */
const RETRY = 30_000;

const loaded = new Map<string, Promise<World>>();

/** The world of a scale, read once. */
export function world(fine: boolean): Promise<World> {
  const url = fine ? fineUrl : coarseUrl;
  let found = loaded.get(url);
  if (!found) {
    found = fetch(url, { credentials: 'same-origin' }).then(async (answer) => {
      if (!answer.ok) throw new Error(`the basemap cannot be had: ${String(answer.status)}`);
      return decode(new Uint8Array(await answer.arrayBuffer()));
    });
    // Whoever asks again after a failure gets a new try, but not at once: tiles ask in crowds.
    found.catch(() => setTimeout(() => loaded.delete(url), RETRY));
    loaded.set(url, found);
  }
  return found;
}

/** Land, coasts, borders and graticule on canvas tiles. */
export class Basemap extends L.GridLayer {
  #coarse: World | null = null;
  #fine: World | null = null;
  #isAsking = false;
  #colours: Palette = palette();

  constructor() {
    super({ tileSize: 256, updateWhenZooming: false, keepBuffer: 4, minZoom: 1, maxZoom: 18 });
  }

  /** Loads the world; the finer one in the background, once it is wanted. */
  async load(): Promise<World> {
    this.#coarse = await world(false);
    this.redraw();
    return this.#coarse;
  }

  /** Reads the colours again, after a change between light and dark. */
  recolour(): void {
    this.#colours = palette();
    this.redraw();
  }

  override createTile(coords: L.Coords): HTMLElement {
    const canvas = document.createElement('canvas');
    const density = window.devicePixelRatio || 1;
    const size = 256;
    canvas.width = size * density;
    canvas.height = size * density;
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) return canvas;
    context.scale(density, density);
    drawTile(context, this.#worldOf(coords.z), { x: coords.x, y: coords.y, z: coords.z, size }, this.#colours);
    return canvas;
  }

  #worldOf(zoom: number): World | null {
    if (zoom < FINE_ZOOM) return this.#coarse;
    if (!this.#fine && !this.#isAsking) {
      this.#isAsking = true;
      world(true).then(
        (found) => {
          this.#fine = found;
          this.redraw();
        },
        // The coarse one stays; a later tile may try again.
        () => setTimeout(() => (this.#isAsking = false), RETRY),
      );
    }
    return this.#fine ?? this.#coarse;
  }
}
