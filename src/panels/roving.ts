import { rovingPlace } from './roving-place.ts';

/** Makes one of the buttons a stop of the Tab key; arrow keys lead to the others. */
export class Roving {
  readonly #buttons: readonly HTMLElement[];

  constructor(host: HTMLElement, buttons: readonly HTMLElement[]) {
    this.#buttons = buttons;
    this.update();
    host.addEventListener('focusin', ({ target }) => this.#stopAt(target));
    host.addEventListener('keydown', event => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const shown = this.#shown();
      const place = shown.findIndex(button => button === event.target);
      const next = place < 0 ? null : rovingPlace(event.key, place, shown.length);
      if (next === null) return;
      event.preventDefault();
      event.stopPropagation();
      shown[next]?.focus();
    });
  }

  /** Buttons may have come or gone. */
  update(): void {
    const shown = this.#shown();
    if (!shown.some(button => button.tabIndex === 0)) this.#stopAt(shown[0] ?? null);
  }

  #shown(): HTMLElement[] {
    return this.#buttons.filter(button => !button.hidden);
  }

  #stopAt(target: EventTarget | null): void {
    if (!this.#buttons.some(button => button === target)) return;
    for (const button of this.#buttons) {
      const tabIndex = button === target ? 0 : -1;
      if (button.tabIndex !== tabIndex) button.tabIndex = tabIndex;
    }
  }
}
