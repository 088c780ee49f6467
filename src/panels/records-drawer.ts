import { formatNumber, formatTime } from '../shared/vega/format.ts';
import type { SourceRecord, SourceRecords } from '../shared/source-record.ts';
import { Button } from './button.ts';
import { element, setText } from './dom.ts';
import { recordsAsText } from './records-text.ts';
import type { Translate } from './translate.ts';

/** The Kafka records behind a row, below the picture. */
export class RecordsDrawer {
  readonly node: HTMLElement;
  readonly #trans: Translate;
  readonly #title = element('h3', 'jp-HeadraceView-drawerTitle', { tabindex: '-1' });
  readonly #note = element('p', 'jp-HeadraceView-drawerNote', { role: 'status' });
  readonly #rows = element('tbody', '');
  readonly #list: HTMLElement;
  readonly #copy: Button;
  #records: readonly SourceRecord[] = [];
  #asked = 0;
  #opener: HTMLElement | null = null;

  constructor(trans: Translate) {
    this.#trans = trans;
    this.#copy = new Button('copy', () => void this.#copyAll());
    const close = new Button('close', () => this.close());
    close.update({ text: trans.__('Close'), help: trans.__('Close (Escape)'), shape: 'close' });
    this.#list = element(
      'div',
      'jp-HeadraceView-table',
      { role: 'group', tabindex: '0', 'aria-label': trans.__('Records') },
      element('table', '', {}, recordHeads(trans), this.#rows)
    );
    this.node = element(
      'section',
      'jp-HeadraceView-drawer',
      { 'aria-label': trans.__('Records behind a row') },
      element('div', 'jp-HeadraceView-drawerTop', {}, this.#title, this.#copy.node, close.node),
      this.#note,
      this.#list
    );
    this.node.hidden = true;
    this.node.addEventListener('keydown', event => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.close();
    });
  }

  /** Opens with what is being asked for; an answer that comes after another question is not shown. */
  async open(name: string, answer: Promise<SourceRecords>): Promise<void> {
    const asked = ++this.#asked;
    if (this.node.hidden) this.#opener = focused();
    this.node.hidden = false;
    setText(this.#title, this.#trans.__('Records behind ‘%1’', name));
    this.#show([], this.#trans.__('Looking through the newest records…'));
    this.#title.focus();
    try {
      const found = await answer;
      if (asked === this.#asked) this.#show(found.records, this.#said(found));
    } catch {
      if (asked !== this.#asked) return;
      this.#show([], this.#trans.__('The kernel did not answer. Try again in a moment.'));
    }
  }

  close(): void {
    if (this.node.hidden) return;
    const had = this.node.contains(focused());
    this.#asked += 1;
    this.node.hidden = true;
    if (had && this.#opener?.isConnected === true) this.#opener.focus();
    this.#opener = null;
  }

  #said({ records, searched, note }: SourceRecords): string {
    const trans = this.#trans;
    if (searched === 0) return note === '' ? trans.__('The topics hold no records.') : note;
    const looked = formatNumber(searched);
    const found =
      records.length === 0
        ? trans.__('None among the newest %1 records.', looked)
        : trans.__('%1 of the newest %2 records.', formatNumber(records.length), looked);
    return note === '' ? found : `${found} ${note}`;
  }

  #show(records: readonly SourceRecord[], note: string): void {
    this.#records = records;
    setText(this.#note, note);
    this.#list.hidden = records.length === 0;
    this.#rows.replaceChildren(...records.map(record => this.#row(record)));
    this.#offerCopy(this.#trans.__('Copy'));
  }

  #row(record: SourceRecord): HTMLElement {
    const cell = (text: string | null, type: string): HTMLElement =>
      element('td', '', { 'data-type': type, title: text ?? '' }, text ?? '–');
    return element(
      'tr',
      '',
      {},
      cell(formatTime(record.timestamp), 'time'),
      cell(record.topic, 'text'),
      cell(String(record.partition), 'number'),
      cell(record.offset, 'number'),
      cell(record.key, 'text'),
      cell(record.value, 'text')
    );
  }

  #offerCopy(text: string): void {
    this.#copy.update({
      text,
      help: this.#trans.__('Copy all of these records as tab-separated text'),
      shape: 'copy',
      shown: this.#records.length > 0
    });
  }

  async #copyAll(): Promise<void> {
    try {
      await navigator.clipboard.writeText(recordsAsText(this.#records));
      this.#offerCopy(this.#trans.__('Copied'));
    } catch {
      this.#offerCopy(this.#trans.__('Select and copy by hand'));
    }
  }
}

function recordHeads(trans: Translate): HTMLElement {
  const heads = [
    [trans.__('Time'), 'time'],
    [trans.__('Topic'), 'text'],
    [trans.__('Partition'), 'number'],
    [trans.__('Offset'), 'number'],
    [trans.__('Key'), 'text'],
    [trans.__('Value'), 'text']
  ] as const;
  const cells = heads.map(([text, type]) =>
    element('th', '', { scope: 'col', 'data-type': type }, text)
  );
  return element('thead', '', {}, element('tr', '', {}, ...cells));
}

function focused(): HTMLElement | null {
  return document.activeElement instanceof HTMLElement ? document.activeElement : null;
}
