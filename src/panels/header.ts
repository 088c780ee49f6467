import type { ViewSpec } from '../shared/view.ts';
import { element, setAttribute, setText } from './dom.ts';
import { BADGE_SHAPES, Icon } from './icons.ts';
import { badgeText, figures, stampText, warnings, type Figure } from './texts.ts';
import type { Translate } from './translate.ts';
import type { ViewState } from './view-state.ts';

/** State, title and figures above a picture; the buttons are put into `actions`. */
export class Header {
  readonly node: HTMLElement;
  readonly #view: ViewSpec;
  readonly #trans: Translate;
  readonly #icon = new Icon('ring');
  readonly #badge = element('span', 'jp-HeadraceView-badge');
  readonly #word = element('span', '');
  readonly #stamp = element('span', 'jp-HeadraceView-stamp');
  readonly #figures = element('dl', 'jp-HeadraceView-figures');
  readonly #values: HTMLElement[] = [];
  readonly #warnings = element('ul', 'jp-HeadraceView-warnings');

  constructor(view: ViewSpec, actions: HTMLElement, trans: Translate) {
    this.#view = view;
    this.#trans = trans;
    this.#badge.append(this.#icon.node, this.#word);
    const title = element('span', 'jp-HeadraceView-title', { title: view.title }, view.title);
    this.node = element(
      'header',
      'jp-HeadraceView-header',
      {},
      element('div', 'jp-HeadraceView-top', {}, this.#badge, title, this.#stamp, actions),
      element('div', 'jp-HeadraceView-strip', {}, this.#figures, this.#warnings)
    );
  }

  update(state: ViewState): void {
    setAttribute(this.#badge, 'data-state', state.badge);
    this.#icon.shape = BADGE_SHAPES[state.badge];
    setText(this.#word, badgeText(state.badge, this.#trans));
    setText(this.#stamp, stampText(state, this.#trans));
    this.#updateFigures(figures(this.#view, state, this.#trans));
    this.#updateWarnings(warnings(state, this.#trans));
  }

  #updateFigures(all: readonly Figure[]): void {
    if (this.#values.length === 0) this.#buildFigures(all);
    all.forEach(({ value }, index) => {
      const node = this.#values[index];
      if (node !== undefined) setText(node, value);
    });
  }

  #buildFigures(all: readonly Figure[]): void {
    for (const { label, help } of all) {
      const value = element('dd', '');
      this.#values.push(value);
      this.#figures.append(
        element('div', '', { title: help }, element('dt', '', {}, label), value)
      );
    }
  }

  #updateWarnings(texts: readonly string[]): void {
    while (this.#warnings.childElementCount > texts.length) this.#warnings.lastChild?.remove();
    texts.forEach((text, index) => {
      const known = this.#warnings.children[index]?.lastChild;
      if (known) setText(known, text);
      else
        this.#warnings.append(
          element('li', '', {}, new Icon('triangle').node, element('span', '', {}, text))
        );
    });
  }
}
