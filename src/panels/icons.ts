import type { Badge } from './view-state.ts';

/** Outlines on a grid of 16; a state has a shape of its own, so that colour is not the only sign. */
const SHAPES = {
  disc: 'M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3Z',
  ring: 'M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3Zm0 2a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z',
  half: 'M8 3a5 5 0 1 0 0 10V3Z',
  bars: 'M4 3h3v10H4Zm5 0h3v10H9Z',
  square: 'M4 4h8v8H4Z',
  triangle: 'M8 2.5 14 13H2Z',
  cross:
    'M4.9 3.5 8 6.6l3.1-3.1 1.4 1.4L9.4 8l3.1 3.1-1.4 1.4L8 9.4l-3.1 3.1-1.4-1.4L6.6 8 3.5 4.9Z',
  play: 'M5 3v10l8-5Z',
  table: 'M2 3h12v10H2Zm1.5 3v1.5h3.75V6Zm5.25 0v1.5h3.75V6ZM3.5 9.5v2h3.75v-2Zm5.25 0v2h3.75v-2Z',
  chart: 'M2 3h12v2.5H2Zm0 4.5h8V10H2ZM2 12h5v2H2Z',
  beside: 'M2 3h12v10H2Zm1.5 1.5v7h4v-7Z',
  down: 'M7.25 2h1.5v6.2l2.2-2.2L12 7.05l-4 4-4-4L5.05 6l2.2 2.2ZM3 12.5h10V14H3Z',
  chevron: 'M4 6l4 4 4-4-1-1-3 3-3-3Z',
  clock:
    'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Zm0 1.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM7.25 5v3.6l2.6 1.6.8-1.25L8.75 7.8V5Z',
  close: 'M4.1 3 8 6.9 11.9 3 13 4.1 9.1 8l3.9 3.9-1.1 1.1L8 9.1 4.1 13 3 11.9 6.9 8 3 4.1Z',
  copy: 'M5 2h8v9h-1.5V3.5H5ZM3 5h7v9H3Zm1.5 1.5v6h4v-6Z',
  tick: 'M6.5 11.6 3 8.1 4.1 7l2.4 2.4L12 3.9 13.1 5Z',
  live: 'M3 3l6 5-6 5Zm7 0h2.5v10H10Z'
} as const;
export type Shape = keyof typeof SHAPES;

/** The shape that stands for each state. */
export const BADGE_SHAPES: Readonly<Record<Badge, Shape>> = {
  planned: 'ring',
  starting: 'half',
  waiting: 'ring',
  live: 'disc',
  stalled: 'triangle',
  stopping: 'half',
  stopped: 'square',
  failed: 'cross',
  paused: 'bars',
  past: 'clock',
  offline: 'square',
  connecting: 'half',
  reconnecting: 'half',
  restarted: 'cross'
};

const SVG = 'http://www.w3.org/2000/svg';

/** A 16 px icon in the colour of the text around it; not read aloud. */
export class Icon {
  readonly node: SVGSVGElement;
  readonly #path: SVGPathElement;
  #shape: Shape;

  constructor(shape: Shape) {
    this.node = document.createElementNS(SVG, 'svg');
    for (const [name, value] of [
      ['viewBox', '0 0 16 16'],
      ['width', '16'],
      ['height', '16'],
      ['aria-hidden', 'true'],
      ['fill', 'currentColor'],
      ['fill-rule', 'evenodd']
    ] as const)
      this.node.setAttribute(name, value);
    this.#path = this.node.appendChild(document.createElementNS(SVG, 'path'));
    this.#shape = shape;
    this.#path.setAttribute('d', SHAPES[shape]);
  }

  set shape(shape: Shape) {
    if (shape === this.#shape) return;
    this.#shape = shape;
    this.#path.setAttribute('d', SHAPES[shape]);
  }
}
