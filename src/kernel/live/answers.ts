import { toHeadraceError } from '../../shared/errors.ts';
import type { ClientMessage, ServerMessage } from '../../shared/live-protocol.ts';
import type { SourceRecords } from '../../shared/source-record.ts';
import type { Cell } from '../../shared/view.ts';
import type { KeptFrame } from './frame-history.ts';

type Message<Type> = Extract<ClientMessage, { type: Type }>;

/** A view as a page asks about it. */
export interface AskedView {
  /** The state at an earlier time, see `FrameHistory.look`. */
  look(at: number): KeptFrame | null;
  /** The Kafka records behind a row. */
  trace(row: Readonly<Record<string, Cell>>, signal: AbortSignal): Promise<SourceRecords>;
}

export interface AnswersOptions {
  readonly find: (view: string) => AskedView | undefined;
  readonly send: (message: ServerMessage) => void;
  /** The page is gone. */
  readonly signal: AbortSignal;
}

/**
 * Answers the questions of one page. Looking back costs no more than a frame; searching topics takes up to
 * some seconds, so a new search ends the one before it.
 */
export class Answers {
  readonly #options: AnswersOptions;
  #search = new AbortController();

  constructor(options: AnswersOptions) {
    this.#options = options;
  }

  look({ request, view, at }: Message<'look'>): void {
    const past = this.#options.find(view)?.look(at) ?? null;
    this.#options.send({ type: 'past', request, frame: past?.frame ?? null, at: past?.at ?? at });
  }

  trace({ request, view, row }: Message<'trace'>): void {
    this.#search.abort();
    const search = new AbortController();
    this.#search = search;
    const { send, signal: gone } = this.#options;
    void this.#records(view, row, AbortSignal.any([search.signal, gone])).then(found => {
      if (gone.aborted) return;
      const answer = search.signal.aborted
        ? nothing('Another row was asked for meanwhile.')
        : found;
      send({ type: 'records', request, ...answer });
    });
  }

  async #records(
    view: string,
    row: Readonly<Record<string, Cell>>,
    signal: AbortSignal
  ): Promise<SourceRecords> {
    const asked = this.#options.find(view);
    if (asked === undefined)
      return nothing('This kernel does not know the view: run its cell again.');
    try {
      return await asked.trace(row, signal);
    } catch (error) {
      return nothing(toHeadraceError(error).line);
    }
  }
}

function nothing(note: string): SourceRecords {
  return { records: [], searched: 0, note };
}
