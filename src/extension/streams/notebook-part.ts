import { PathExt } from '@jupyterlab/coreutils';
import { element, setAttribute, setText } from '../../panels/dom.ts';
import type { Translate } from '../../panels/translate.ts';
import type { FleetEntry } from './fleet.ts';
import { KeyedList, type Part } from './keyed-list.ts';
import { RowPart } from './row-part.ts';
import { sectionsOf, type Row, type Section } from './rows.ts';

/** What can be done with the things of one notebook. */
export interface NotebookActions {
  /** Ends a thing; the result says whether it was asked for. */
  end(path: string, row: Row): Promise<boolean>;
  openView(path: string, view: string): void;
  openNotebook(path: string): void;
}

/** What runs for one notebook: its name, and a list a section. */
export class NotebookPart implements Part<FleetEntry> {
  readonly node: HTMLElement;
  readonly #trans: Translate;
  readonly #waiting: HTMLElement;
  readonly #ignored = element('p', 'jp-HeadraceStreams-note');
  readonly #sections: KeyedList<Section>;

  constructor({ path }: FleetEntry, actions: NotebookActions, trans: Translate) {
    this.#trans = trans;
    const sections = element('div', '');
    this.#sections = new KeyedList(
      sections,
      section => section.title,
      section => new SectionPart(section, path, actions, trans)
    );
    const name = element('button', 'jp-HeadraceStreams-notebook', { type: 'button', title: path });
    name.textContent = PathExt.basename(path);
    name.addEventListener('click', () => actions.openNotebook(path));
    this.#waiting = element(
      'p',
      'jp-HeadraceStreams-empty',
      {},
      trans.__('Asking the kernel what runs…')
    );
    this.node = element(
      'section',
      'jp-HeadraceStreams-group',
      { 'aria-label': PathExt.basename(path) },
      element('h2', 'jp-HeadraceStreams-heading', {}, name),
      this.#waiting,
      this.#ignored,
      sections
    );
  }

  update(entry: FleetEntry): void {
    const { inventory, ignored } = entry;
    this.#waiting.hidden = inventory !== null;
    this.#ignored.hidden = ignored === 0;
    const text = this.#trans._n(
      '%1 message of this kernel could not be read.',
      '%1 messages of this kernel could not be read.',
      ignored
    );
    setText(this.#ignored, text);
    this.#sections.update(inventory === null ? [] : sectionsOf(entry, this.#trans));
  }
}

class SectionPart implements Part<Section> {
  readonly node: HTMLElement;
  readonly #empty = element('p', 'jp-HeadraceStreams-empty');
  readonly #list = element('ul', 'jp-HeadraceStreams-list', { role: 'list' });
  readonly #rows: KeyedList<Row>;

  constructor({ title }: Section, path: string, actions: NotebookActions, trans: Translate) {
    setAttribute(this.#list, 'aria-label', title);
    this.#rows = new KeyedList(
      this.#list,
      row => row.key,
      row => {
        const part: RowPart = new RowPart(
          row,
          {
            end: ended => {
              void actions.end(path, ended).then(asked => {
                if (asked) part.ending();
              });
            },
            openView: view => actions.openView(path, view)
          },
          trans
        );
        return part;
      }
    );
    this.node = element(
      'section',
      'jp-HeadraceStreams-section',
      {},
      element('h3', 'jp-HeadraceStreams-title', {}, title),
      this.#empty,
      this.#list
    );
  }

  update({ rows, empty }: Section): void {
    setText(this.#empty, empty);
    this.#empty.hidden = rows.length > 0;
    this.#list.hidden = rows.length === 0;
    this.#rows.update(rows);
  }
}
