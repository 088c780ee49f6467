import { element, setAttribute, setText } from './dom.ts';
import { Icon, type Shape } from './icons.ts';

export interface ButtonState {
  readonly text: string;
  /** Tooltip: what a press does. */
  readonly help: string;
  readonly shape: Shape;
  readonly enabled?: boolean;
  readonly shown?: boolean;
}

/** A button with an icon and a word; the word may be hidden where there is no room, the name stays. */
export class Button {
  readonly node = element('button', 'jp-HeadraceView-button', { type: 'button' });
  readonly #icon: Icon;
  readonly #text = element('span', 'jp-HeadraceView-word');

  constructor(shape: Shape, onPress: () => void) {
    this.#icon = new Icon(shape);
    this.node.append(this.#icon.node, this.#text);
    this.node.addEventListener('click', () => {
      if (this.node.getAttribute('aria-disabled') !== 'true') onPress();
    });
  }

  update({ text, help, shape, enabled = true, shown = true }: ButtonState): void {
    this.#icon.shape = shape;
    setText(this.#text, text);
    setAttribute(this.node, 'aria-label', text);
    setAttribute(this.node, 'title', help);
    // A disabled button would lose the focus that is on it.
    setAttribute(this.node, 'aria-disabled', String(!enabled));
    if (this.node.hidden === shown) this.node.hidden = !shown;
  }
}
