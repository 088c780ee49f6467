import { formatCell } from '../shared/vega/format.ts';
import type { Column, ViewSpec } from '../shared/view.ts';
import { element } from './dom.ts';
import { gridPlace, type Place } from './grid-place.ts';
import type { Row } from './row-order.ts';

export interface GridBodyOptions {
  /** A row was activated: a click that selects no text, or Enter. */
  readonly onPick: (row: Row) => void;
  /** Escape: whoever stands in a cell wants to go. */
  readonly onLeave: () => void;
}

/** One row of the page, with what it shows, so that the page is not asked. */
interface Line {
  readonly node: HTMLTableRowElement;
  readonly cells: readonly HTMLElement[];
  readonly texts: string[];
  readonly shares: number[];
}

/** The rows of a grid. Rows and cells of the page are used again: selection and focus live on. */
export class GridBody {
  readonly node = element('tbody', '');
  readonly #columns: readonly Column[];
  readonly #barred: ReadonlySet<string>;
  readonly #options: GridBodyOptions;
  readonly #lines: Line[] = [];
  #rows: readonly Row[] = [];
  #hidden = '';
  #stop: Place = { row: 0, column: 0 };

  constructor(view: ViewSpec, options: GridBodyOptions) {
    this.#columns = view.columns;
    this.#options = options;
    const bars = view.kind === 'line' || view.kind === 'number' ? [] : view.values;
    this.#barred = new Set(view.kind === 'histogram' ? ['n'] : bars);
    this.node.addEventListener('click', event => this.#click(event));
    this.node.addEventListener('keydown', event => this.#key(event));
    this.node.addEventListener('focusin', event => this.#moveStop(this.#placeOf(event.target)));
  }

  update(rows: readonly Row[], shown: ReadonlySet<string>): void {
    this.#rows = rows;
    for (const line of this.#lines.splice(rows.length)) line.node.remove();
    while (this.#lines.length < rows.length) this.#lines.push(this.#addLine());
    this.#columns.forEach((column, at) => this.#fill(column, at));
    this.#hide(shown);
    if (this.#stop.row >= rows.length) this.#moveStop({ row: 0, column: this.#stop.column });
    const stop = this.#cell(this.#stop);
    if (stop !== null && stop.tabIndex !== 0) stop.tabIndex = 0;
  }

  #fill({ name, type }: Column, at: number): void {
    const longest = this.#barred.has(name) ? this.#longest(name) : 0;
    this.#rows.forEach((row, index) => {
      const line = this.#lines[index];
      const cell = line?.cells[at];
      if (line === undefined || cell === undefined) return;
      const value = row[name] ?? null;
      const text = formatCell(value, type);
      if (line.texts[at] !== text) {
        line.texts[at] = text;
        cell.textContent = text;
      }
      if (longest <= 0) return;
      const share =
        typeof value === 'number' ? Math.round((1000 * Math.max(0, value)) / longest) : 0;
      if (line.shares[at] === share) return;
      line.shares[at] = share;
      cell.style.setProperty('--jp-headrace-share', `${share / 10}%`);
    });
  }

  #longest(name: string): number {
    let longest = 0;
    for (const row of this.#rows) {
      const value = row[name];
      if (typeof value === 'number' && value > longest) longest = value;
    }
    return longest;
  }

  #hide(shown: ReadonlySet<string>): void {
    const hidden = `${[...shown].join('\n')}#${this.#lines.length}`;
    if (hidden === this.#hidden) return;
    this.#hidden = hidden;
    for (const { cells } of this.#lines)
      this.#columns.forEach(({ name }, at) => {
        const cell = cells[at];
        if (cell !== undefined) cell.hidden = !shown.has(name);
      });
  }

  #addLine(): Line {
    const cells = this.#columns.map(({ name, type }) => {
      const cell = element('td', '', { 'data-type': type, tabindex: '-1' });
      if (this.#barred.has(name)) cell.dataset['bar'] = '';
      return cell;
    });
    const node = element('tr', '', {}, ...cells);
    this.node.append(node);
    return { node, cells, texts: [], shares: [] };
  }

  #cell({ row, column }: Place): HTMLElement | null {
    return this.#lines[row]?.cells[column] ?? null;
  }

  #placeOf(target: EventTarget | null): Place | null {
    const cell = target instanceof Element ? target.closest('td') : null;
    const row = this.#lines.findIndex(line => line.node === cell?.parentElement);
    return cell === null || row < 0 ? null : { row, column: cell.cellIndex };
  }

  #moveStop(place: Place | null): void {
    if (place === null) return;
    const before = this.#cell(this.#stop);
    if (before !== null) before.tabIndex = -1;
    this.#stop = place;
    const cell = this.#cell(place);
    if (cell !== null) cell.tabIndex = 0;
  }

  #pick(place: Place | null): void {
    const row = place === null ? undefined : this.#rows[place.row];
    if (row !== undefined) this.#options.onPick(row);
  }

  #click({ target }: MouseEvent): void {
    if (document.getSelection()?.isCollapsed !== false) this.#pick(this.#placeOf(target));
  }

  #key(event: KeyboardEvent): void {
    const place = this.#placeOf(event.target);
    if (place === null || event.altKey) return;
    if (event.key === 'Enter') this.#pick(place);
    else if (event.key === 'Escape') this.#options.onLeave();
    else if (!this.#move(event, place)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #move(event: KeyboardEvent, place: Place): boolean {
    const shown = this.#columns.flatMap((_, at) =>
      this.#cell({ row: place.row, column: at })?.hidden === false ? [at] : []
    );
    const far = event.ctrlKey || event.metaKey;
    const next = gridPlace({ key: event.key, far }, place, { rows: this.#rows.length, shown });
    if (next === null) return false;
    this.#cell(next)?.focus();
    return true;
  }
}
