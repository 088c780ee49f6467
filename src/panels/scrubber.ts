import { formatClock } from '../shared/vega/format.ts';
import { Button } from './button.ts';
import type { TimeSpan } from './chart-input.ts';
import { element, setAttribute, setText } from './dom.ts';
import { scrubTo, shareOf } from './scrub-keys.ts';
import { formatSpan } from './texts.ts';
import type { TravelTrouble } from './time-travel.ts';
import type { Translate } from './translate.ts';

export interface ScrubberActions {
  readonly seek: (at: number) => void;
  readonly toLive: () => void;
}

export interface ScrubberState {
  /** From the oldest kept state to the kernel's present. */
  readonly range: TimeSpan;
  /** What is shown, epoch milliseconds; null for the present. */
  readonly at: number | null;
  readonly gaps: readonly TimeSpan[];
  readonly trouble: TravelTrouble | null;
}

/** The slider below a picture that leads through the last minutes. */
export class Scrubber {
  readonly node: HTMLElement;
  readonly #trans: Translate;
  readonly #input: HTMLInputElement;
  readonly #gaps = element('div', 'jp-HeadraceView-scrubGaps', { 'aria-hidden': 'true' });
  readonly #text = element('span', 'jp-HeadraceView-scrubText');
  readonly #live: Button;
  #state: ScrubberState | null = null;
  #drags = false;

  constructor(actions: ScrubberActions, trans: Translate) {
    this.#trans = trans;
    this.#input = element('input', 'jp-HeadraceView-scrubInput', {
      type: 'range',
      step: '1000',
      'aria-label': trans.__('Moment that is shown')
    });
    this.#live = new Button('live', () => actions.toLive());
    this.node = element(
      'div',
      'jp-HeadraceView-scrubber',
      {},
      element('div', 'jp-HeadraceView-scrubTrack', {}, this.#gaps, this.#input),
      this.#text,
      this.#live.node
    );
    this.#listen(actions);
  }

  /** The ends stand still while somebody drags, so that the thumb stays under the pointer. */
  update(state: ScrubberState): void {
    const gapsChanged = this.#state?.gaps !== state.gaps || this.#state.range !== state.range;
    this.#state = state;
    const { range, at } = state;
    if (!this.#drags) {
      setAttribute(this.#input, 'min', String(range.from));
      setAttribute(this.#input, 'max', String(range.to));
      const value = String(at ?? range.to);
      if (this.#input.value !== value) this.#input.value = value;
    }
    const text = this.#timeText(state);
    setAttribute(this.#input, 'aria-valuetext', text);
    setText(this.#text, text);
    setAttribute(this.node, 'data-past', String(at !== null));
    this.#live.update({
      text: this.#trans.__('Jump to live'),
      help: this.#trans.__('Show the present again (key L)'),
      shape: 'live',
      enabled: at !== null
    });
    if (gapsChanged) this.#drawGaps(state);
  }

  #listen({ seek, toLive }: ScrubberActions): void {
    const input = this.#input;
    input.addEventListener('input', () => seek(Number(input.value)));
    input.addEventListener('pointerdown', () => (this.#drags = true));
    for (const end of ['pointerup', 'pointercancel', 'blur'])
      input.addEventListener(end, () => (this.#drags = false));
    input.addEventListener('keydown', event => {
      const state = this.#state;
      if (state === null || event.altKey || event.ctrlKey || event.metaKey) return;
      const next = scrubTo(event.key, state.at ?? state.range.to, state.range);
      if (next === null) return;
      event.preventDefault();
      event.stopPropagation();
      if (next === 'live') {
        toLive();
        return;
      }
      // The next key goes on from here, even where the view has not been drawn since.
      this.#state = { ...state, at: next };
      seek(next);
    });
  }

  #timeText({ range, at, trouble }: ScrubberState): string {
    const trans = this.#trans;
    if (at === null) return trans.__('Live; %1 kept', formatSpan(range.to - range.from));
    const text = trans.__('%1, %2 ago', formatClock(at), formatSpan(range.to - at));
    if (trouble === 'none-kept') return trans.__('%1: nothing kept', text);
    return trouble === null ? text : trans.__('%1: no answer', text);
  }

  #drawGaps({ gaps, range }: ScrubberState): void {
    const marks = gaps
      .filter(({ to }) => to > range.from)
      .map(({ from, to }) => {
        const mark = element('div', 'jp-HeadraceView-scrubGap');
        const left = shareOf(from, range);
        mark.style.left = `${100 * left}%`;
        mark.style.width = `${100 * (shareOf(to, range) - left)}%`;
        return mark;
      });
    this.#gaps.replaceChildren(...marks);
  }
}
