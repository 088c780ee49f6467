import { formatClock } from '../shared/vega/format.ts';
import type { ViewFrame, ViewSpec } from '../shared/view.ts';
import { Button } from './button.ts';
import { enlargedPadding, plotPadding } from './chart-geometry.ts';
import type { TimeSpan } from './chart-input.ts';
import { element, setAttribute, setText } from './dom.ts';
import { coveredSpan, followingSpan, timeColumn } from './time-axis.ts';
import type { Translate } from './translate.ts';
import { Zoom } from './zoom.ts';
import { ZoomInput, type ZoomActions } from './zoom-input.ts';

export interface ZoomControlOptions {
  readonly view: ViewSpec;
  readonly trans: Translate;
  /** The element with the chart. */
  readonly stage: HTMLElement;
  /** How many times larger than it is the chart is shown. */
  readonly enlarged: () => number;
  /** What is shown, and when that was the present, epoch milliseconds. */
  readonly shown: () => { readonly frame: ViewFrame; readonly at: number };
  /** Another part of the axis is looked at. */
  readonly onChange: () => void;
}

/** Zoom of a view with a time axis, and the chip that says so and leads back. */
export class ZoomControl {
  readonly node: HTMLElement;
  readonly #options: ZoomControlOptions;
  readonly #zoom = new Zoom();
  readonly #text = element('span', '');

  constructor(options: ZoomControlOptions) {
    const { trans, view } = options;
    this.#options = options;
    const reset = new Button('close', () => this.#act(() => this.#zoom.reset()));
    reset.update({
      text: trans.__('Reset zoom'),
      help: trans.__('Follow the present again (key 0, or double click)'),
      shape: 'close'
    });
    this.node = element('div', 'jp-HeadraceView-chip', {}, this.#text, reset.node);
    this.node.hidden = true;
    const padding = plotPadding(view);
    if (padding === null || timeColumn(view) === null) return;
    this.#describe(options);
    const enlarged = () => enlargedPadding(padding, options.enlarged());
    new ZoomInput(options.stage, enlarged, this.#actions());
  }

  /** What the axis of a state shows; null leaves it to the rows. */
  span(at: number): TimeSpan | null {
    return this.#zoom.span ?? followingSpan(this.#options.view, at);
  }

  #describe({ stage, trans }: ZoomControlOptions): void {
    stage.tabIndex = 0;
    setAttribute(stage, 'role', 'group');
    const text = trans.__('Time axis: plus and minus zoom, arrow keys move, 0 goes back');
    setAttribute(stage, 'aria-label', text);
    const help = trans.__('Drag to look into a time; Ctrl and wheel zoom; double click goes back');
    setAttribute(stage, 'title', help);
  }

  #actions(): ZoomActions {
    const zoom = this.#zoom;
    const on = (change: (span: TimeSpan) => void): void => {
      const span = this.#looked();
      if (span !== null) this.#act(() => change(span));
    };
    return {
      scale: (factor, around) => on(span => zoom.scale(span, factor, around)),
      pan: share => on(span => zoom.pan(span, share)),
      choose: (from, to) => {
        on(span => {
          const length = span.to - span.from;
          zoom.choose(span.from + from * length, span.from + to * length);
        });
      },
      reset: () => this.#act(() => zoom.reset())
    };
  }

  #looked(): TimeSpan | null {
    const { frame, at } = this.#options.shown();
    return this.span(at) ?? coveredSpan(this.#options.view, frame);
  }

  #act(change: () => void): void {
    change();
    const { span } = this.#zoom;
    const { trans, onChange } = this.#options;
    this.node.hidden = span === null;
    if (span !== null) {
      const ends = [formatClock(span.from), formatClock(span.to)];
      setText(this.#text, trans.__('Zoomed: %1 – %2', ...ends));
    }
    onChange();
  }
}
