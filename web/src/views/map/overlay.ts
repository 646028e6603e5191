/**
 * The canvas of claims above the basemap. It is larger than the map by a margin, so that panning
 * moves it as a picture and draws nothing; it is drawn anew at most once a frame.
 */
import L from 'leaflet';

import { mercatorX, mercatorY, type World } from '../../lib/basemap/format';
import {
  drawContestedBadge,
  drawFocus,
  drawItem,
  drawName,
  drawReach,
  drawShape,
  inks,
  radiusOf,
  type Inks,
  type Item,
} from './drawing';
import { discAt, Room, spots, type Disc } from './placing';
import { EMPTY, familiesOf, keyOf, type Cluster, type Held, type PlaceLabel, type Scene } from './scene';
import { nearestTurn, pixelsPerKm } from './viewport';

/** So much of the map's size is drawn beyond each of its edges. */
const MARGIN = 0.5;

interface Drawn extends Disc {
  readonly cluster: Cluster;
  readonly item: Item;
  readonly key: string;
}

export class Overlay extends L.Layer {
  #canvas: HTMLCanvasElement | null = null;
  #scene: Scene = EMPTY;
  #world: World | null = null;
  #inks: Inks = inks();
  #frame = 0;
  #zoom = 0;
  #centre = L.latLng(0, 0);
  /** World pixel of the canvas' upper left corner. */
  #corner = L.point(0, 0);
  #drawn: Drawn[] = [];
  #hatch: CanvasPattern | null = null;
  readonly #widths = new Map<string, number>();
  readonly #countries = new Map<string, Intl.DisplayNames>();
  /** How long the last drawing took, for measurements. */
  drawingTime = 0;

  override onAdd(map: L.Map): this {
    const canvas = L.DomUtil.create('canvas', 'leaflet-zoom-animated', map.getPanes().overlayPane);
    canvas.setAttribute('aria-hidden', 'true');
    this.#canvas = canvas;
    this.#place();
    return this;
  }

  override onRemove(): this {
    cancelAnimationFrame(this.#frame);
    this.#canvas?.remove();
    this.#canvas = null;
    return this;
  }

  override getEvents(): { [name: string]: L.LeafletEventHandlerFn } {
    return {
      moveend: () => this.#place(),
      move: () => this.#follow(),
      resize: () => this.#place(),
      viewreset: () => this.#place(),
      zoomanim: (event) => this.#zoomTo(event as L.ZoomAnimEvent),
    };
  }

  show(scene: Scene): void {
    this.#scene = scene;
    this.#later();
  }

  showWorld(world: World): void {
    this.#world = world;
    this.#later();
  }

  recolour(): void {
    this.#inks = inks();
    this.#hatch = null;
    this.#later();
  }

  /** The cluster or claim under a point of the map's container. */
  at(point: L.Point): Cluster | null {
    const map = this._map;
    if (!this.#canvas || this.#zoom !== map.getZoom()) return null;
    const spot = map.project(map.containerPointToLatLng(point), this.#zoom).subtract(this.#corner);
    const found = discAt(this.#drawn, spot.x, spot.y);
    return found < 0 ? null : ((this.#drawn[found] as Drawn).cluster);
  }

  /** Far pans come to the canvas' edge before they end: then it moves along. */
  #follow(): void {
    const map = this._map;
    if (!this.#canvas || map.getZoom() !== this.#zoom) return;
    const size = map.getSize();
    const corner = map.project(map.getCenter(), this.#zoom).subtract(size.divideBy(2));
    const off = corner.subtract(this.#corner).subtract(size.multiplyBy(MARGIN));
    if (Math.abs(off.x) > size.x * MARGIN * 0.9 || Math.abs(off.y) > size.y * MARGIN * 0.9) this.#place();
  }

  #zoomTo(event: L.ZoomAnimEvent): void {
    const map = this._map;
    if (!this.#canvas) return;
    const scale = map.getZoomScale(event.zoom, this.#zoom);
    const size = map.getSize();
    const pane = L.DomUtil.getPosition(map.getPanes().mapPane);
    const origin = map.project(event.center, event.zoom).subtract(size.divideBy(2)).add(pane).round();
    const offset = map
      .project(this.#centre, event.zoom)
      .subtract(size.multiplyBy((0.5 + MARGIN) * scale))
      .subtract(origin);
    L.DomUtil.setTransform(this.#canvas, offset, scale);
  }

  /** Puts the canvas around what the map shows now, and draws. */
  #place(): void {
    const map = this._map;
    const canvas = this.#canvas;
    if (!canvas) return;
    const size = map.getSize();
    const density = window.devicePixelRatio || 1;
    const [width, height] = [size.x * (1 + 2 * MARGIN), size.y * (1 + 2 * MARGIN)];
    if (canvas.width !== Math.round(width * density) || canvas.height !== Math.round(height * density)) {
      canvas.width = Math.round(width * density);
      canvas.height = Math.round(height * density);
      canvas.style.width = `${String(width)}px`;
      canvas.style.height = `${String(height)}px`;
    }
    this.#zoom = map.getZoom();
    this.#centre = map.getCenter();
    const corner = map.containerPointToLayerPoint(size.multiplyBy(-MARGIN)).round();
    this.#corner = corner.add(map.getPixelOrigin());
    L.DomUtil.setTransform(canvas, corner, 1);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#draw();
  }

  #later(): void {
    if (this.#frame || !this.#canvas) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #pixel(latitude: number, longitude: number): { x: number; y: number } {
    const scale = 256 * 2 ** this.#zoom;
    const x = mercatorX(nearestTurn(longitude, this.#centre.lng)) * scale - this.#corner.x;
    return { x, y: mercatorY(latitude) * scale - this.#corner.y };
  }

  #draw(): void {
    const canvas = this.#canvas;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const began = performance.now();
    const density = window.devicePixelRatio || 1;
    const [width, height] = [canvas.width / density, canvas.height / density];
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    const scene = this.#scene;
    this.#drawn = scene.clusters
      .map((cluster) => this.#drawnOf(cluster))
      .filter(({ x, y, item }) => {
        const reach = Math.max(item.reach, 40);
        return x > -reach && x < width + reach && y > -reach && y < height + reach;
      })
      // Many below, single ones above them: what is small stays within reach.
      .sort((a, b) => b.item.count - a.item.count);
    this.#drawBox(context);
    for (const held of scene.held) this.#drawHeldReach(context, held);
    for (const { item } of this.#drawn) drawReach(context, item, this.#inks);
    const room = new Room();
    for (const { x, y, radius } of this.#drawn) {
      room.take({ left: x - radius, top: y - radius, right: x + radius, bottom: y + radius });
    }
    this.#drawNames(context, room, width, height);
    this.#drawSelected(context);
    // Where who holds what is shown, claims step back behind it.
    context.globalAlpha = scene.held.length > 0 ? 0.38 : 1;
    for (const { item } of this.#drawn) drawItem(context, item, this.#inks);
    context.globalAlpha = 1;
    for (const held of scene.held) this.#drawHolders(context, held);
    for (const { key, x, y, radius } of this.#drawn) {
      if (key === scene.chosen || key === scene.hovered) drawFocus(context, x, y, radius, this.#inks);
    }
    this.drawingTime = performance.now() - began;
  }

  #drawnOf(cluster: Cluster): Drawn {
    const { x, y } = this.#pixel(cluster.latitude, cluster.longitude);
    const { claim } = cluster;
    const item: Item = {
      x,
      y,
      count: cluster.count,
      families: familiesOf(cluster),
      contested: cluster.contested,
      denied: claim?.polarity === 'negated',
      doubted: claim !== null && (claim.certainty === 'possible' || claim.certainty === 'planned'),
      reach: (cluster.radius_km ?? 0) * pixelsPerKm(cluster.latitude, this.#zoom),
    };
    return { x, y, radius: radiusOf(cluster.count), cluster, item, key: keyOf(cluster) };
  }

  #drawSelected(context: CanvasRenderingContext2D): void {
    const { selected } = this.#scene;
    if (!selected) return;
    const { x, y } = this.#pixel(selected.latitude, selected.longitude);
    const reach = Math.max(selected.radiusKm * pixelsPerKm(selected.latitude, this.#zoom), 16);
    context.save();
    context.beginPath();
    context.arc(x, y, reach, 0, 2 * Math.PI);
    context.fillStyle = this.#inks.focus;
    context.globalAlpha = 0.14;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = this.#inks.focus;
    context.lineWidth = 2.5;
    context.stroke();
    context.restore();
  }

  #drawBox(context: CanvasRenderingContext2D): void {
    const { box } = this.#scene;
    if (!box) return;
    const a = this.#pixel(box.north, nearestTurn(box.west, this.#centre.lng));
    const scale = 256 * 2 ** this.#zoom;
    const wide = ((box.east - box.west) / 360) * scale;
    const b = this.#pixel(box.south, box.west);
    context.save();
    context.strokeStyle = this.#inks.focus;
    context.lineWidth = 2;
    context.setLineDash([7, 4]);
    context.strokeRect(a.x, a.y, wide, b.y - a.y);
    context.globalAlpha = 0.06;
    context.fillStyle = this.#inks.focus;
    context.fillRect(a.x, a.y, wide, b.y - a.y);
    context.restore();
  }

  #drawHeldReach(context: CanvasRenderingContext2D, held: Held): void {
    const { x, y } = this.#pixel(held.latitude, held.longitude);
    const reach = Math.max(held.radiusKm * pixelsPerKm(held.latitude, this.#zoom), 22);
    const first = held.holders[0];
    context.save();
    context.beginPath();
    context.arc(x, y, reach, 0, 2 * Math.PI);
    context.fillStyle = this.#colourOf(first?.side);
    context.globalAlpha = 0.16;
    context.fill();
    if (held.contested) {
      const hatch = this.#hatching(context);
      if (hatch) {
        context.globalAlpha = 0.75;
        context.fillStyle = hatch;
        context.fill();
      }
    }
    context.globalAlpha = 0.85;
    context.strokeStyle = held.contested ? this.#inks.contested : this.#colourOf(first?.side);
    context.lineWidth = 1.4;
    context.setLineDash([5, 3]);
    context.stroke();
    context.restore();
  }

  #drawHolders(context: CanvasRenderingContext2D, held: Held): void {
    const { x, y } = this.#pixel(held.latitude, held.longitude);
    const step = 21;
    const left = x - ((held.holders.length - 1) * step) / 2;
    held.holders.forEach((holder, at) => {
      drawShape(context, left + at * step, y, {
        shape: holder.shape,
        colour: this.#colourOf(holder.side),
        paper: this.#inks.paper,
        radius: 9.5,
        hollow: holder.isOpen,
      });
    });
    if (held.contested) {
      drawContestedBadge(context, left + held.holders.length * step - 8, y - 11, this.#inks);
    }
  }

  #colourOf(side: number | undefined): string {
    const { sides } = this.#inks;
    return side === undefined || side < 0 ? '#8a8a8a' : (sides[side % sides.length] ?? '#8a8a8a');
  }

  #hatching(context: CanvasRenderingContext2D): CanvasPattern | null {
    if (this.#hatch) return this.#hatch;
    const tile = document.createElement('canvas');
    tile.width = 8;
    tile.height = 8;
    const pen = tile.getContext('2d');
    if (!pen) return null;
    pen.strokeStyle = this.#inks.contested;
    pen.lineWidth = 1.2;
    pen.beginPath();
    for (const at of [-8, 0, 8]) {
      pen.moveTo(at, 8);
      pen.lineTo(at + 8, 0);
    }
    pen.stroke();
    this.#hatch = context.createPattern(tile, 'repeat');
    return this.#hatch;
  }

  #drawNames(context: CanvasRenderingContext2D, room: Room, width: number, height: number): void {
    context.save();
    context.textBaseline = 'middle';
    this.#drawCountries(context, room, width, height);
    const places = [...this.#scene.places].sort((a, b) => a.rank - b.rank);
    for (const place of places) this.#drawPlace(context, room, place, { width, height });
    context.restore();
  }

  #drawPlace(
    context: CanvasRenderingContext2D,
    room: Room,
    place: PlaceLabel,
    size: { width: number; height: number },
  ): void {
    const { x, y } = this.#pixel(place.latitude, place.longitude);
    if (x < -80 || x > size.width + 80 || y < -20 || y > size.height + 20) return;
    const isMain = place.rank <= 2;
    const font = `${isMain ? '600 ' : ''}${isMain ? '12.5' : '11.5'}px system-ui, sans-serif`;
    const wide = this.#measure(context, font, place.name);
    if (!room.isFree({ left: x - 3, top: y - 3, right: x + 3, bottom: y + 3 })) return;
    const spot = spots(x, y, wide, 13, 6).find((rect) => room.isFree(rect));
    if (!spot) return;
    room.take({ left: spot.left - 3, top: spot.top - 1, right: spot.right + 3, bottom: spot.bottom + 1 });
    room.take({ left: x - 3, top: y - 3, right: x + 3, bottom: y + 3 });
    context.beginPath();
    context.arc(x, y, isMain ? 2.6 : 2, 0, 2 * Math.PI);
    context.fillStyle = this.#inks.halo;
    context.strokeStyle = this.#inks.label;
    context.lineWidth = 1.2;
    context.fill();
    context.stroke();
    context.font = font;
    context.textAlign = 'left';
    drawName(context, place.name, spot.left, (spot.top + spot.bottom) / 2, {
      colour: this.#inks.label,
      halo: this.#inks.halo,
    });
  }

  #drawCountries(context: CanvasRenderingContext2D, room: Room, width: number, height: number): void {
    const scale = 256 * 2 ** this.#zoom;
    if (!this.#world || this.#zoom < 2 || this.#zoom > 7) return;
    context.textAlign = 'center';
    const font = '600 11px system-ui, sans-serif';
    for (const country of this.#world.names) {
      if (country.rank > this.#zoom * 1.35 - 0.5) continue;
      const turn = Math.round(mercatorX(this.#centre.lng) - country.x);
      const x = (country.x + turn) * scale - this.#corner.x;
      const y = country.y * scale - this.#corner.y;
      if (x < -60 || x > width + 60 || y < -20 || y > height + 20) continue;
      const name = this.#countryName(country.code).toLocaleUpperCase(this.#scene.language);
      context.letterSpacing = '1.5px';
      const wide = this.#measure(context, font, name);
      const spot = { left: x - wide / 2 - 4, top: y - 9, right: x + wide / 2 + 4, bottom: y + 9 };
      if (room.isFree(spot)) {
        room.take(spot);
        context.font = font;
        drawName(context, name, x, y, { colour: this.#inks.country, halo: this.#inks.halo });
      }
      context.letterSpacing = '0px';
    }
  }

  #countryName(code: string): string {
    const { language } = this.#scene;
    let names = this.#countries.get(language);
    if (!names) {
      names = new Intl.DisplayNames([language], { type: 'region' });
      this.#countries.set(language, names);
    }
    return names.of(code) ?? code;
  }

  #measure(context: CanvasRenderingContext2D, font: string, words: string): number {
    const key = `${font} ${words}`;
    let width = this.#widths.get(key);
    if (width === undefined) {
      context.font = font;
      width = context.measureText(words).width;
      if (this.#widths.size > 5000) this.#widths.clear();
      this.#widths.set(key, width);
    }
    return width;
  }
}
