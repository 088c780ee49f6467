import { element, setText } from '../../panels/dom.ts';
import type { Translate } from '../../panels/translate.ts';

export interface PresenterBarActions {
  step(by: 1 | -1): void;
  end(): void;
}

/** The buttons of a presentation, and the line that says what is shown. */
export class PresenterBar {
  readonly node: HTMLElement;
  readonly #said = element('span', 'jp-HeadracePresenter-said', { role: 'status' });

  constructor(actions: PresenterBarActions, trans: Translate) {
    const button = (text: string, help: string, press: () => void): HTMLButtonElement => {
      const node = element(
        'button',
        'jp-HeadraceTile-button',
        { type: 'button', title: help },
        text
      );
      node.addEventListener('click', press);
      return node;
    };
    this.node = element(
      'div',
      'jp-HeadracePresenter',
      { role: 'group', 'aria-label': trans.__('Presentation') },
      this.#said,
      button(trans.__('Previous'), trans.__('Left arrow'), () => actions.step(-1)),
      button(trans.__('Next'), trans.__('Right arrow'), () => actions.step(1)),
      button(trans.__('End'), trans.__('Escape'), () => actions.end())
    );
    this.node.hidden = true;
  }

  update(active: boolean, text: string): void {
    this.node.hidden = !active;
    setText(this.#said, active ? text : '');
  }
}
