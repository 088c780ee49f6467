const WIDTH = 56;
const HEIGHT = 16;
/** Room for half of the line. */
const EDGE = 1;

/** Points of a small line of rates, oldest first, as SVG writes them; empty for fewer than two. */
export function sparkPoints(rates: readonly number[]): string {
  if (rates.length < 2) return '';
  const top = Math.max(...rates, Number.MIN_VALUE);
  const step = (WIDTH - 2 * EDGE) / (rates.length - 1);
  return rates
    .map((rate, index) => {
      const y = HEIGHT - EDGE - (rate / top) * (HEIGHT - 2 * EDGE);
      return `${(EDGE + index * step).toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
}

const SVG = 'http://www.w3.org/2000/svg';

/** A line of rates without words: what it shows stands beside it in figures. */
export class Sparkline {
  readonly node: SVGSVGElement;
  readonly #line: SVGPolylineElement;

  constructor() {
    this.node = document.createElementNS(SVG, 'svg');
    for (const [name, value] of [
      ['class', 'jp-HeadraceStreams-spark'],
      ['viewBox', `0 0 ${WIDTH} ${HEIGHT}`],
      ['width', String(WIDTH)],
      ['height', String(HEIGHT)],
      ['aria-hidden', 'true']
    ] as const)
      this.node.setAttribute(name, value);
    this.#line = this.node.appendChild(document.createElementNS(SVG, 'polyline'));
  }

  update(rates: readonly number[]): void {
    const points = sparkPoints(rates);
    if (this.#line.getAttribute('points') !== points) this.#line.setAttribute('points', points);
    this.node.toggleAttribute('hidden', points === '');
  }
}
