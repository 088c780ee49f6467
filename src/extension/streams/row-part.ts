import { element, setAttribute, setText } from '../../panels/dom.ts';
import { BADGE_SHAPES, Icon } from '../../panels/icons.ts';
import type { Translate } from '../../panels/translate.ts';
import { KeyedList, type Part } from './keyed-list.ts';
import type { Row } from './rows.ts';
import { Sparkline } from './sparkline.ts';

/** What the buttons of a row do. */
export interface RowActions {
  end(row: Row): void;
  openView(view: string): void;
}

/** One thing that runs, on the page. */
export class RowPart implements Part<Row> {
  readonly node: HTMLElement;
  readonly #trans: Translate;
  readonly #icon = new Icon('ring');
  readonly #word = element('span', 'jp-HeadraceStreams-word');
  readonly #detail = element('span', 'jp-HeadraceStreams-detail');
  readonly #note = element('p', 'jp-HeadraceStreams-note');
  readonly #spark = new Sparkline();
  readonly #end = element('button', 'jp-HeadraceStreams-button', { type: 'button' });
  readonly #views: KeyedList<Row['views'][number]>;
  #row: Row;
  /** The state in which the end was asked for: the button waits until it changes. */
  #endedIn: string | null = null;

  constructor(row: Row, actions: RowActions, trans: Translate) {
    this.#row = row;
    this.#trans = trans;
    this.#end.addEventListener('click', () => actions.end(this.#row));
    const views = element('span', 'jp-HeadraceStreams-views');
    this.#views = new KeyedList(
      views,
      view => view.id,
      view => viewButton(view.id, actions, trans)
    );
    this.node = element(
      'li',
      'jp-HeadraceStreams-row',
      {},
      element(
        'div',
        'jp-HeadraceStreams-top',
        {},
        this.#icon.node,
        element('span', 'jp-HeadraceStreams-name', { title: row.name }, row.name),
        this.#word,
        this.#spark.node,
        views,
        this.#end
      ),
      this.#detail,
      this.#note
    );
  }

  update(row: Row): void {
    if (row.word !== this.#row.word) this.#endedIn = null;
    this.#row = row;
    this.#icon.shape = BADGE_SHAPES[row.badge];
    setAttribute(this.node, 'data-tone', row.tone);
    setText(this.#word, row.word);
    setText(this.#detail, row.detail);
    setText(this.#note, row.note);
    this.#note.hidden = row.note === '';
    this.#spark.update(row.rates);
    this.#views.update(row.views);
    this.#end.hidden = row.end === null;
    this.#end.disabled = this.#endedIn !== null;
    if (row.end === null) return;
    setText(this.#end, row.end.label);
    setAttribute(this.#end, 'aria-label', this.#trans.__('%1 %2', row.end.label, row.name));
  }

  /** The end was asked for; the button is of no use until the state changes. */
  ending(): void {
    this.#endedIn = this.#row.word;
    this.#end.disabled = true;
  }
}

function viewButton(id: string, actions: RowActions, trans: Translate): Part<{ title: string }> {
  const node = element('button', 'jp-HeadraceStreams-button', { type: 'button' }, trans.__('Open'));
  node.addEventListener('click', () => actions.openView(id));
  return {
    node,
    update: ({ title }) => {
      setAttribute(node, 'aria-label', trans.__('Open the view %1', title));
      setAttribute(node, 'title', title);
    }
  };
}
