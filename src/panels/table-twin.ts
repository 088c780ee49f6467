import { formatCell } from '../shared/vega/format.ts';
import type { Cell, Column, ViewSpec } from '../shared/view.ts';
import { element, setText } from './dom.ts';
import type { Translate } from './translate.ts';

/** The rows of a view as a table of the page: it can be read aloud, selected and copied. */
export class TableTwin {
  readonly node: HTMLElement;
  readonly #columns: readonly Column[];
  readonly #body = element('tbody', '');

  constructor(view: ViewSpec, trans: Translate) {
    this.#columns = view.columns;
    const heads = view.columns.map(({ name, type }) =>
      element('th', '', { scope: 'col', 'data-type': type }, name)
    );
    const table = element(
      'table',
      '',
      {},
      element('caption', 'jp-HeadraceView-spoken', {}, view.title),
      element('thead', '', {}, element('tr', '', {}, ...heads)),
      this.#body
    );
    this.node = element(
      'div',
      'jp-HeadraceView-table',
      { role: 'region', tabindex: '0', 'aria-label': trans.__('Rows of %1', view.title) },
      table
    );
  }

  /** Rows and cells of the page are used again, so that a selection and the focus live on. */
  update(rows: readonly Readonly<Record<string, Cell>>[]): void {
    while (this.#body.rows.length > rows.length) this.#body.deleteRow(-1);
    rows.forEach((row, index) => {
      const cells = (this.#body.rows[index] ?? this.#addRow()).cells;
      this.#columns.forEach(({ name, type }, at) => {
        const cell = cells[at];
        if (cell !== undefined) setText(cell, formatCell(row[name] ?? null, type));
      });
    });
  }

  #addRow(): HTMLTableRowElement {
    const row = this.#body.insertRow();
    for (const { type } of this.#columns) row.append(element('td', '', { 'data-type': type }));
    return row;
  }
}
