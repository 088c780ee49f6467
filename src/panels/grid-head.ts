import type { Column, ViewSpec } from '../shared/view.ts';
import { element, setAttribute, setText } from './dom.ts';
import type { RowOrder } from './row-order.ts';
import type { Translate } from './translate.ts';

interface Head {
  readonly column: Column;
  readonly cell: HTMLElement;
  readonly button: HTMLButtonElement;
}

/** The heads of a grid: a press sorts by the column, and again the other way, and then not. */
export class GridHead {
  readonly node: HTMLElement;
  readonly #heads: readonly Head[];

  constructor(view: ViewSpec, trans: Translate, onSort: (column: Column) => void) {
    this.#heads = view.columns.map(column => {
      const button = element('button', 'jp-HeadraceView-sort', {
        type: 'button',
        title: trans.__('Sort by this column')
      });
      button.addEventListener('click', () => onSort(column));
      const cell = element('th', '', { scope: 'col', 'data-type': column.type }, button);
      return { column, cell, button };
    });
    const row = element('tr', '', {}, ...this.#heads.map(({ cell }) => cell));
    this.node = element('thead', '', {}, row);
  }

  update(
    labels: Readonly<Record<string, string>>,
    shown: ReadonlySet<string>,
    order: RowOrder | null
  ): void {
    for (const { column, cell, button } of this.#heads) {
      setText(button, labels[column.name] ?? column.name);
      cell.hidden = !shown.has(column.name);
      const sorted = order?.column === column.name ? order : null;
      if (sorted === null) cell.removeAttribute('aria-sort');
      else setAttribute(cell, 'aria-sort', sorted.descending ? 'descending' : 'ascending');
    }
  }
}
