import { randomUUID } from 'node:crypto';
import type { Display, DisplayHandle, MimeBundle } from '../../magics/contract.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Transport } from '../transport.ts';
import type { Header, JsonObject } from '../wire.ts';
import { TextStream } from './text-stream.ts';

export interface CellOutputOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  /** Header of the `execute_request`; clients find the cell by it, also after the cell has ended. */
  readonly parent: Header;
  readonly executionCount: number;
  /** A silent request publishes nothing. */
  readonly silent: boolean;
}

/** The outputs of one cell, as broadcasts; https://jupyter-client.readthedocs.io/en/stable/messaging.html#messages-on-the-iopub-pub-sub-channel */
export class CellOutput implements Display {
  readonly #options: CellOutputOptions;
  readonly #text: TextStream;
  readonly #pages: JsonObject[] = [];
  #resultText: string | null = null;

  constructor(options: CellOutputOptions) {
    this.#options = options;
    this.#text = new TextStream(options.clock, (name, text) =>
      this.#send('stream', { name, text })
    );
  }

  /** Pager payloads for the reply. */
  get payload(): readonly JsonObject[] {
    return this.#pages;
  }

  /** Plain text of the value of the cell, for the history. */
  get resultText(): string | null {
    return this.#resultText;
  }

  stdout(text: string): void {
    this.#text.write('stdout', text);
  }

  stderr(text: string): void {
    this.#text.write('stderr', text);
  }

  show(data: MimeBundle): DisplayHandle {
    const transient = { display_id: randomUUID() };
    this.#publish('display_data', { data, metadata: {}, transient });
    return {
      update: next => {
        this.#publish('update_display_data', { data: next, metadata: {}, transient });
      }
    };
  }

  result(data: MimeBundle): void {
    const plain = data['text/plain'];
    if (typeof plain === 'string') this.#resultText = plain;
    const { executionCount } = this.#options;
    this.#publish('execute_result', { data, metadata: {}, execution_count: executionCount });
  }

  page(text: string): void {
    this.#pages.push({ source: 'page', data: { 'text/plain': text }, start: 0 });
  }

  /** Publishes the error that ends the cell. */
  error(content: JsonObject): void {
    this.#publish('error', content);
  }

  /** Sends text that still waits. */
  flush(): void {
    this.#text.flush();
  }

  #publish(type: string, content: JsonObject): void {
    this.#text.flush();
    this.#send(type, content);
  }

  #send(type: string, content: JsonObject): void {
    if (!this.#options.silent) this.#options.transport.publish(type, content, this.#options.parent);
  }
}
