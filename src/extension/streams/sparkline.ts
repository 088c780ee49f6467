import { SPARK_HEIGHT, SPARK_WIDTH, sparkPoints } from './spark-points.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** A line of rates without words: what it shows stands beside it in figures. */
export class Sparkline {
  readonly node: SVGSVGElement;
  readonly #line: SVGPolylineElement;

  constructor() {
    this.node = document.createElementNS(SVG, 'svg');
    for (const [name, value] of [
      ['class', 'jp-HeadraceStreams-spark'],
      ['viewBox', `0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}`],
      ['width', String(SPARK_WIDTH)],
      ['height', String(SPARK_HEIGHT)],
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
