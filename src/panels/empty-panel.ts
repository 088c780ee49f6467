import type { DryHop } from '../shared/dry-hop.ts';
import { element, setAttribute, setText } from './dom.ts';
import type { EmptyText } from './empty-text.ts';
import { hopSteps } from './hops.ts';
import { Icon, type Shape } from './icons.ts';
import type { Translate } from './translate.ts';

const STEP_SHAPES: Readonly<Record<'passed' | 'dry' | 'unknown', Shape>> = {
  passed: 'tick',
  dry: 'cross',
  unknown: 'ring'
};

/** Phase, clock, the way of the records, and why there are none, where a picture will be. */
export class EmptyPanel {
  readonly node = element('div', 'jp-HeadraceView-empty');
  readonly #trans: Translate;
  readonly #phase = element('p', 'jp-HeadraceView-phase');
  readonly #hops = element('ol', 'jp-HeadraceView-hops', { role: 'list' });
  readonly #why = element('p', 'jp-HeadraceView-why');
  #hop: DryHop | null = null;

  constructor(trans: Translate) {
    this.#trans = trans;
    setAttribute(this.#hops, 'aria-label', trans.__('The way of the records'));
    this.#hops.hidden = true;
    this.#why.hidden = true;
    this.node.append(this.#phase, this.#hops, this.#why);
  }

  update({ phase, why, hop }: EmptyText): void {
    setText(this.#phase, phase);
    setText(this.#why, why);
    this.#why.hidden = why === '';
    if (hop === this.#hop) return;
    this.#hop = hop;
    this.#hops.hidden = hop === null || hop === 'start';
    this.#hops.replaceChildren(...(hop === null ? [] : this.#steps(hop)));
  }

  #steps(hop: DryHop): HTMLElement[] {
    const trans = this.#trans;
    const words = {
      passed: trans.__('comes through'),
      dry: trans.__('nothing comes through'),
      unknown: trans.__('not reached')
    };
    return hopSteps(hop, trans).map(({ label, state }) =>
      element(
        'li',
        'jp-HeadraceView-hop',
        { 'data-hop': state },
        new Icon(STEP_SHAPES[state]).node,
        element('span', '', {}, label),
        element('span', 'jp-HeadraceView-spoken', {}, `: ${words[state]}`)
      )
    );
  }
}
