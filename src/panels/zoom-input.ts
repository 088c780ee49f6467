import { element } from './dom.ts';
import { shareAt, type PlotPadding } from './chart-geometry.ts';

/** What a hand does to a time axis; places are shares of the plot, 0 to 1. */
export interface ZoomActions {
  scale(factor: number, around: number): void;
  pan(share: number): void;
  choose(from: number, to: number): void;
  reset(): void;
}

const STEP = 1.25;
/** A press that moves less is a click, pixels. */
const MIN_DRAG = 6;

interface Drag {
  readonly start: number;
  readonly left: number;
  readonly width: number;
}

/**
 * Mouse and keyboard on a picture with a time axis: wheel with Ctrl, Alt or the command key, drag to choose,
 * double click to go back; + − ← → and 0. Sizes are read when a hand acts, never while frames are drawn.
 */
export class ZoomInput {
  readonly node = element('div', 'jp-HeadraceView-band', { 'aria-hidden': 'true' });
  readonly #host: HTMLElement;
  readonly #padding: () => PlotPadding;
  readonly #actions: ZoomActions;
  #drag: Drag | null = null;

  constructor(host: HTMLElement, padding: () => PlotPadding, actions: ZoomActions) {
    this.#host = host;
    this.#padding = padding;
    this.#actions = actions;
    this.node.hidden = true;
    host.append(this.node);
    host.addEventListener('wheel', event => this.#wheel(event), { passive: false });
    host.addEventListener('pointerdown', event => this.#press(event));
    host.addEventListener('pointermove', event => this.#move(event));
    host.addEventListener('pointerup', event => this.#release(event));
    host.addEventListener('pointercancel', () => this.#end());
    host.addEventListener('dblclick', () => actions.reset());
    host.addEventListener('keydown', event => this.#key(event));
  }

  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.altKey && !event.metaKey) return;
    event.preventDefault();
    const box = this.#host.getBoundingClientRect();
    const around = shareAt(event.clientX - box.left, box.width, this.#padding());
    this.#actions.scale(event.deltaY > 0 ? STEP : 1 / STEP, around);
  }

  #press(event: PointerEvent): void {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    const { left, width } = this.#host.getBoundingClientRect();
    this.#drag = { start: event.clientX, left, width };
  }

  #move(event: PointerEvent): void {
    const drag = this.#drag;
    if (drag === null || Math.abs(event.clientX - drag.start) < MIN_DRAG) return;
    if (!this.#host.hasPointerCapture(event.pointerId))
      this.#host.setPointerCapture(event.pointerId);
    const { left, right } = this.#padding();
    const inPlot = (x: number): number =>
      Math.min(drag.width - right, Math.max(left, x - drag.left));
    const [from, to] = [inPlot(drag.start), inPlot(event.clientX)].sort((a, b) => a - b);
    this.node.style.left = `${from}px`;
    this.node.style.width = `${(to ?? 0) - (from ?? 0)}px`;
    this.node.hidden = false;
  }

  #release(event: PointerEvent): void {
    const drag = this.#drag;
    const chosen = !this.node.hidden;
    this.#end();
    if (drag === null || !chosen) return;
    const share = (x: number): number => shareAt(x - drag.left, drag.width, this.#padding());
    this.#actions.choose(share(drag.start), share(event.clientX));
  }

  #end(): void {
    this.#drag = null;
    this.node.hidden = true;
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const act = this.#actionOf(event.key);
    if (act === null) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  #actionOf(key: string): (() => void) | null {
    const actions = this.#actions;
    switch (key) {
      case '+':
      case '=':
        return () => actions.scale(1 / STEP, 0.5);
      case '-':
        return () => actions.scale(STEP, 0.5);
      case 'ArrowLeft':
        return () => actions.pan(-0.1);
      case 'ArrowRight':
        return () => actions.pan(0.1);
      case '0':
        return () => actions.reset();
      case 'Escape':
        return this.#drag === null ? null : () => this.#end();
      default:
        return null;
    }
  }
}
