/** The colours of the map, read from the page's custom properties: light and dark are CSS. */

/** Colours as CSS writes them. */
export interface Palette {
  readonly sea: string;
  readonly land: string;
  readonly coast: string;
  readonly border: string;
  readonly grid: string;
  readonly label: string;
  readonly halo: string;
}

/** Reads one custom property of the page. */
export function token(name: string, fallback: string, element?: Element): string {
  const source = element ?? document.documentElement;
  return getComputedStyle(source).getPropertyValue(name).trim() || fallback;
}

/** The map's colours as they are now. */
export function palette(element?: Element): Palette {
  return {
    sea: token('--map-sea', '#dfe8ee', element),
    land: token('--map-land', '#f8f6f1', element),
    coast: token('--map-coast', '#9db1bd', element),
    border: token('--map-border', '#b7aea1', element),
    grid: token('--map-grid', '#cbd8e0', element),
    label: token('--map-label', '#4c4a45', element),
    halo: token('--map-halo', '#f8f6f1', element),
  };
}
