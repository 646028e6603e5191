/** An SVG of the page as a file that needs no style sheet of the page. */

const KEPT = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linejoin',
  'stroke-linecap',
  'font-size',
  'font-weight',
  'text-anchor',
  'opacity',
] as const;

/** A copy with all that style sheets say written as attributes. */
export function standalone(svg: SVGSVGElement, about: { title: string; description: string }): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  copies.forEach((element, at) => {
    const style = getComputedStyle(originals[at] as Element);
    for (const name of KEPT) {
      const value = style.getPropertyValue(name);
      if (value) element.setAttribute(name, value);
    }
    for (const { name } of [...element.attributes]) {
      if (/^(class|style|tabindex|role|on.*|aria-.*|data-.*)$/.test(name)) element.removeAttribute(name);
    }
  });
  const { width, height } = svg.viewBox.baseVal;
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.setAttribute('font-family', 'system-ui, sans-serif');
  const ground = document.createElementNS(svg.namespaceURI, 'rect');
  ground.setAttribute('width', String(width));
  ground.setAttribute('height', String(height));
  ground.setAttribute('fill', getComputedStyle(document.documentElement).getPropertyValue('--surface').trim() || '#fff');
  copy.prepend(ground);
  for (const [name, words] of [
    ['desc', about.description],
    ['title', about.title],
  ] as const) {
    const element = document.createElementNS(svg.namespaceURI, name);
    element.textContent = words;
    copy.prepend(element);
  }
  return copy;
}

/** Gives the browser a file to keep. */
export function save(svg: SVGSVGElement, name: string): void {
  const source = `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
  const address = URL.createObjectURL(new Blob([source], { type: 'image/svg+xml' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
