import type { ViewFrame, ViewSpec } from '../shared/view.ts';
import { frameRows } from '../shared/view.ts';
import { element, setText } from './dom.ts';
import { shownColumns } from './export-rows.ts';
import { GridBody } from './grid-body.ts';
import { GridHead } from './grid-head.ts';
import { HeldRows } from './held-rows.ts';
import { nextOrder, orderedPlaces, type Row, type RowOrder } from './row-order.ts';
import type { Translate } from './translate.ts';
import { formatNumber } from '../shared/vega/format.ts';

export interface GridOptions {
  /** Somebody asks for what is behind a row. */
  readonly onPick: (row: Row) => void;
}

interface Rows {
  readonly frame: ViewFrame;
  readonly rows: readonly Row[];
}

/**
 * The rows of a view as a table of the page: it can be read aloud, sorted, selected and copied. While
 * somebody reads in it, new rows wait behind a button.
 */
export class Grid {
  readonly node: HTMLElement;
  readonly #view: ViewSpec;
  readonly #trans: Translate;
  readonly #scroller: HTMLElement;
  readonly #head: GridHead;
  readonly #body: GridBody;
  readonly #more = element('button', 'jp-HeadraceView-more', { type: 'button' });
  readonly #held = new HeldRows<Rows>();
  readonly #onSelection = (): void => this.#hold('selection', this.#holdsSelection());
  #order: RowOrder | null = null;
  #drawn: { readonly rows: Rows; readonly order: RowOrder | null } | null = null;

  constructor(view: ViewSpec, trans: Translate, { onPick }: GridOptions) {
    this.#view = view;
    this.#trans = trans;
    this.#head = new GridHead(view, trans, column => this.#sortBy(column));
    this.#body = new GridBody(view, { onPick, onLeave: () => this.#scroller.focus() });
    const table = element(
      'table',
      '',
      { role: 'grid' },
      element('caption', 'jp-HeadraceView-spoken', {}, view.title),
      this.#head.node,
      this.#body.node
    );
    this.#scroller = element(
      'div',
      'jp-HeadraceView-table',
      { role: 'group', tabindex: '0', 'aria-label': trans.__('Rows of %1', view.title) },
      table
    );
    this.#more.hidden = true;
    this.#more.addEventListener('click', () => this.#goOn());
    this.node = element('div', 'jp-HeadraceView-grid', {}, this.#scroller, this.#more);
    this.#listen();
  }

  /** Shows a frame; `moves` says that whoever reads has asked for another moment. */
  update(frame: ViewFrame, moves: boolean): void {
    const rows = { frame, rows: frameRows(this.#view, frame) };
    this.#held.offer({ rows, count: frame.status.rows });
    if (moves) this.#held.release();
    this.#draw();
  }

  dispose(): void {
    document.removeEventListener('selectionchange', this.#onSelection);
  }

  #listen(): void {
    document.addEventListener('selectionchange', this.#onSelection);
    this.#scroller.addEventListener(
      'scroll',
      () => this.#hold('scroll', this.#scroller.scrollTop > 0),
      { passive: true }
    );
    this.#body.node.addEventListener('focusin', () => this.#hold('focus', true));
    this.#body.node.addEventListener('focusout', () => this.#hold('focus', false));
  }

  #hold(reason: string, holds: boolean): void {
    this.#held.hold(reason, holds);
    this.#draw();
  }

  #holdsSelection(): boolean {
    const selection = document.getSelection();
    if (selection === null || selection.isCollapsed) return false;
    return selection.anchorNode !== null && this.#body.node.contains(selection.anchorNode);
  }

  #goOn(): void {
    this.#held.release();
    this.#scroller.scrollTop = 0;
    this.#scroller.focus();
    this.#draw();
  }

  #sortBy(column: ViewSpec['columns'][number]): void {
    this.#order = nextOrder(this.#order, column.name, column.type);
    this.#draw();
  }

  #draw(): void {
    this.#showMore();
    const rows = this.#held.shown;
    if (rows === null) return;
    if (this.#drawn?.rows === rows && this.#drawn.order === this.#order) return;
    const shown = new Set(shownColumns(this.#view, rows.frame).map(({ name }) => name));
    this.#head.update(rows.frame.labels, shown, this.#order);
    const places = orderedPlaces(rows.rows, this.#order);
    this.#body.update(
      places.map(place => rows.rows[place]).filter(row => row !== undefined),
      shown
    );
    this.#drawn = { rows, order: this.#order };
  }

  #showMore(): void {
    const { waiting } = this.#held;
    if (this.#more.hidden !== (waiting === 0)) this.#more.hidden = waiting === 0;
    if (waiting === 0) return;
    const text = this.#trans._n('%2 new row', '%2 new rows', waiting, formatNumber(waiting));
    setText(this.#more, text);
  }
}
