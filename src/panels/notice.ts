import { element, setText } from './dom.ts';
import { Icon } from './icons.ts';
import type { Translate } from './translate.ts';

/** One line that a person can put away. */
export class Notice {
  readonly node: HTMLElement;
  readonly #text = element('span', '');

  constructor(trans: Translate) {
    const close = element('button', 'jp-HeadraceView-dismiss', {
      type: 'button',
      'aria-label': trans.__('Dismiss'),
      title: trans.__('Dismiss')
    });
    close.append(new Icon('close').node);
    close.addEventListener('click', () => this.hide());
    this.node = element('div', 'jp-HeadraceView-notice', {}, this.#text, close);
    this.node.hidden = true;
  }

  show(text: string): void {
    setText(this.#text, text);
    this.node.hidden = false;
  }

  hide(): void {
    this.node.hidden = true;
  }
}
