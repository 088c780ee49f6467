import { element, setAttribute, setText } from './dom.ts';
import { Icon, type Shape } from './icons.ts';
import type { Translate } from './translate.ts';

export interface ToolbarActions {
  pause(paused: boolean): void;
  showTable(shown: boolean): void;
  stop(): void;
}

export interface ToolbarState {
  readonly paused: boolean;
  readonly table: boolean;
  /** Whether frames may come, so that there is something to pause. */
  readonly live: boolean;
  /** `null` while the stop is on its way. */
  readonly stoppable: boolean | null;
}

/** The buttons of a view: pause, table, stop. Their texts are the actions that a press does. */
export class Toolbar {
  readonly node: HTMLElement;
  readonly #trans: Translate;
  readonly #pause: ToolbarButton;
  readonly #table: ToolbarButton;
  readonly #stop: ToolbarButton;

  constructor(actions: ToolbarActions, trans: Translate) {
    this.#trans = trans;
    this.#pause = new ToolbarButton('bars', pressed => actions.pause(!pressed));
    this.#table = new ToolbarButton('table', pressed => actions.showTable(!pressed));
    this.#stop = new ToolbarButton('square', () => actions.stop());
    this.node = element(
      'div',
      'jp-HeadraceView-actions',
      { role: 'group', 'aria-label': trans.__('Controls of the view') },
      this.#pause.node,
      this.#table.node,
      this.#stop.node
    );
  }

  update({ paused, table, live, stoppable }: ToolbarState): void {
    const trans = this.#trans;
    this.#pause.update({
      text: paused ? trans.__('Resume') : trans.__('Pause'),
      help: trans.__('Hold the picture; the stream runs on'),
      shape: paused ? 'play' : 'bars',
      pressed: paused,
      shown: live
    });
    this.#table.update({
      text: table ? trans.__('Chart') : trans.__('Table'),
      help: trans.__('Show the rows as a table that can be read, selected and copied'),
      shape: table ? 'chart' : 'table',
      pressed: table,
      shown: true
    });
    this.#stop.update({
      text: stoppable === null ? trans.__('Stopping…') : trans.__('Stop'),
      help: trans.__('Stop the stream; it can go on later from where it was'),
      shape: 'square',
      enabled: stoppable === true,
      shown: stoppable !== false
    });
  }
}

interface ButtonState {
  readonly text: string;
  readonly help: string;
  readonly shape: Shape;
  readonly pressed?: boolean;
  readonly enabled?: boolean;
  readonly shown: boolean;
}

class ToolbarButton {
  readonly node = element('button', 'jp-HeadraceView-button', { type: 'button' });
  readonly #icon = new Icon('square');
  readonly #text = element('span', '');
  #pressed = false;

  constructor(shape: Shape, onPress: (pressed: boolean) => void) {
    this.#icon.shape = shape;
    this.node.append(this.#icon.node, this.#text);
    this.node.addEventListener('click', () => onPress(this.#pressed));
  }

  update({ text, help, shape, pressed = false, enabled = true, shown }: ButtonState): void {
    this.#pressed = pressed;
    this.#icon.shape = shape;
    setText(this.#text, text);
    setAttribute(this.node, 'title', help);
    this.node.disabled = !enabled;
    this.node.hidden = !shown;
  }
}
