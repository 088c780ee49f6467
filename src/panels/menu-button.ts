import { Button, type ButtonState } from './button.ts';
import { element } from './dom.ts';
import { Icon } from './icons.ts';
import { rovingPlace } from './roving-place.ts';

export interface MenuItem {
  readonly text: string;
  readonly run: () => void;
}

/** A button that opens a menu below it, by the keyboard as the ARIA guide has it. */
export class MenuButton {
  readonly node = element('div', 'jp-HeadraceView-menuHost');
  readonly #button: Button;
  readonly #menu = element('ul', 'jp-HeadraceView-menu', { role: 'menu' });
  readonly #items: readonly HTMLElement[];

  constructor(state: ButtonState, items: readonly MenuItem[]) {
    this.#button = new Button(state.shape, () => this.#toggle());
    this.#button.update(state);
    this.button.append(new Icon('chevron').node);
    this.button.setAttribute('aria-haspopup', 'menu');
    this.button.setAttribute('aria-expanded', 'false');
    this.#menu.setAttribute('aria-label', state.text);
    this.#menu.hidden = true;
    this.#items = items.map(({ text, run }) => this.#item(text, run));
    this.#menu.append(...this.#items);
    this.node.append(this.button, this.#menu);
    this.button.addEventListener('keydown', event => this.#buttonKey(event));
    this.#menu.addEventListener('keydown', event => this.#menuKey(event));
    this.node.addEventListener('focusout', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node) || !this.node.contains(relatedTarget)) this.#close();
    });
  }

  get button(): HTMLButtonElement {
    return this.#button.node;
  }

  #item(text: string, run: () => void): HTMLElement {
    const item = element('li', '', { role: 'menuitem', tabindex: '-1' }, text);
    const choose = (): void => {
      this.#close();
      this.button.focus();
      run();
    };
    item.addEventListener('click', choose);
    item.addEventListener('keydown', event => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      event.stopPropagation();
      choose();
    });
    return item;
  }

  #toggle(): void {
    if (this.#menu.hidden) this.#open(0);
    else this.#close();
  }

  #open(place: number): void {
    this.#menu.hidden = false;
    this.button.setAttribute('aria-expanded', 'true');
    this.#items.at(place)?.focus();
  }

  #close(): void {
    this.#menu.hidden = true;
    this.button.setAttribute('aria-expanded', 'false');
  }

  #buttonKey(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    event.stopPropagation();
    this.#open(event.key === 'ArrowDown' ? 0 : -1);
  }

  #menuKey(event: KeyboardEvent): void {
    if (event.key === 'Tab') {
      this.#close();
      return;
    }
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      this.#close();
      this.button.focus();
      return;
    }
    const place = this.#items.findIndex(item => item === event.target);
    const next = rovingPlace(event.key, place, this.#items.length);
    if (next === null) return;
    event.preventDefault();
    this.#items[next]?.focus();
  }
}
