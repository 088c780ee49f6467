import { ChartRefused } from './chart-refused.ts';
import { element, setText } from './dom.ts';
import type { Translate } from './translate.ts';

/** Complaints named of a definition; the rest would say the same again. */
const MAX_COMPLAINTS = 5;

/** Why rows stand in a table instead of a chart. Texts of strangers are set as text. */
export class FaultNote {
  readonly node = element('div', 'jp-HeadraceView-fault', { role: 'note' });
  readonly #trans: Translate;
  readonly #why = element('p', '');
  readonly #complaints = element('ul', '');

  constructor(trans: Translate) {
    this.#trans = trans;
    this.node.append(this.#why, this.#complaints);
    this.node.hidden = true;
  }

  get shown(): boolean {
    return !this.node.hidden;
  }

  show(error: unknown): void {
    const trans = this.#trans;
    const complaints = error instanceof ChartRefused ? error.complaints : [];
    const reason = error instanceof Error ? error.message : String(error);
    setText(
      this.#why,
      complaints.length > 0
        ? trans.__('This chart is not drawn, as it asks for what a live view may not do. Its rows:')
        : trans.__('The chart cannot be drawn (%1). These are its rows.', reason)
    );
    const items = complaints.slice(0, MAX_COMPLAINTS).map(text => element('li', '', {}, text));
    this.#complaints.replaceChildren(...items);
    this.#complaints.hidden = items.length === 0;
    this.node.hidden = false;
  }

  hide(): void {
    this.node.hidden = true;
  }
}
