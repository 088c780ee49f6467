import { Button } from './button.ts';
import { element } from './dom.ts';
import { MenuButton } from './menu-button.ts';
import { Roving } from './roving.ts';
import type { Translate } from './translate.ts';

/** What can be taken out of a view. */
export const EXPORTS = ['csv', 'json', 'png', 'svg', 'spec'] as const;
export type Export = (typeof EXPORTS)[number];

export interface ToolbarActions {
  readonly pause: (paused: boolean) => void;
  readonly showTable: (shown: boolean) => void;
  readonly export: (what: Export) => void;
  readonly stop: () => void;
  /** Null where a view cannot be opened beside the notebook. */
  readonly openPanel: (() => void) | null;
}

export interface ToolbarState {
  readonly paused: boolean;
  readonly table: boolean;
  /** Whether frames may come, so that there is something to pause. */
  readonly live: boolean;
  /** `null` while the stop is on its way. */
  readonly stoppable: boolean | null;
}

/** The buttons of a view. Their texts are the actions that a press does. */
export class Toolbar {
  readonly node: HTMLElement;
  readonly #trans: Translate;
  readonly #pause: Button;
  readonly #table: Button;
  readonly #stop: Button;
  readonly #roving: Roving;
  #state: ToolbarState = { paused: false, table: false, live: false, stoppable: false };

  constructor(actions: ToolbarActions, trans: Translate) {
    this.#trans = trans;
    this.#pause = new Button('bars', () => actions.pause(!this.#state.paused));
    this.#table = new Button('table', () => actions.showTable(!this.#state.table));
    this.#stop = new Button('square', () => actions.stop());
    const menu = exportMenu(actions, trans);
    const beside = besideButton(actions.openPanel, trans);
    this.node = element(
      'div',
      'jp-HeadraceView-actions',
      { role: 'toolbar', 'aria-label': trans.__('Controls of the view') },
      this.#pause.node,
      this.#table.node,
      ...beside,
      menu.node,
      this.#stop.node
    );
    const buttons = [this.#pause.node, this.#table.node, ...beside, menu.button, this.#stop.node];
    this.#roving = new Roving(this.node, buttons);
    this.#show();
  }

  /** Cheap where nothing changed: it is called for each frame. */
  update(state: ToolbarState): void {
    const { paused, table, live, stoppable } = this.#state;
    const same =
      paused === state.paused &&
      table === state.table &&
      live === state.live &&
      stoppable === state.stoppable;
    if (same) return;
    this.#state = state;
    this.#show();
  }

  #show(): void {
    const { paused, table, live, stoppable } = this.#state;
    const trans = this.#trans;
    this.#pause.update({
      text: paused ? trans.__('Resume') : trans.__('Pause'),
      help: trans.__('Hold the picture; the stream runs on'),
      shape: paused ? 'play' : 'bars',
      shown: live
    });
    this.#table.update({
      text: table ? trans.__('Chart') : trans.__('Table'),
      help: table
        ? trans.__('Show the rows as a picture')
        : trans.__('Show the rows as a table that can be sorted, selected and copied'),
      shape: table ? 'chart' : 'table'
    });
    this.#stop.update({
      text: stoppable === null ? trans.__('Stopping…') : trans.__('Stop'),
      help: trans.__('Stop the stream; it can go on later from where it was'),
      shape: 'square',
      enabled: stoppable === true,
      shown: stoppable !== false
    });
    this.#roving.update();
  }
}

function exportMenu(actions: ToolbarActions, trans: Translate): MenuButton {
  const texts: Readonly<Record<Export, string>> = {
    csv: trans.__('Data as CSV'),
    json: trans.__('Data as JSON'),
    png: trans.__('Picture as PNG'),
    svg: trans.__('Picture as SVG'),
    spec: trans.__('Chart specification')
  };
  return new MenuButton(
    { text: trans.__('Export'), help: trans.__('Save what is shown as a file'), shape: 'down' },
    EXPORTS.map(what => ({ text: texts[what], run: () => actions.export(what) }))
  );
}

function besideButton(openPanel: (() => void) | null, trans: Translate): HTMLElement[] {
  if (openPanel === null) return [];
  const button = new Button('beside', openPanel);
  button.update({
    text: trans.__('Open beside'),
    help: trans.__('Show this view in a panel of its own, beside the notebook'),
    shape: 'beside'
  });
  return [button.node];
}
