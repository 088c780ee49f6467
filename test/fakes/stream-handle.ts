import type { ResultRow, StreamHandle, StreamSpec } from '../../src/runtime/streams/port.ts';
import type { StreamStatus } from '../../src/shared/stream-status.ts';
import { liveStatus, wordBars } from './views.ts';

/** A stream that a test feeds by hand. */
export class TestStream implements StreamHandle {
  readonly name = 'counts';
  readonly spec: StreamSpec = {
    name: 'counts',
    sources: [{ topic: 'words', format: 'text' }],
    query: { kind: 'wordcount' },
    from: 'earliest',
    mode: 'adaptive',
    maxRealTimeRate: 1_000
  };
  readonly columns = wordBars.columns;
  readonly keys = ['word'];
  readonly ended: Promise<StreamStatus>;
  #status: StreamStatus = liveStatus;
  #resolveEnded: (status: StreamStatus) => void = () => undefined;
  readonly #rowListeners = new Set<(rows: readonly ResultRow[]) => void>();
  readonly #statusListeners = new Set<(status: StreamStatus) => void>();

  constructor() {
    this.ended = new Promise(resolve => {
      this.#resolveEnded = resolve;
    });
  }

  status(): StreamStatus {
    return this.#status;
  }

  onRows(listener: (rows: readonly ResultRow[]) => void): () => void {
    this.#rowListeners.add(listener);
    return () => this.#rowListeners.delete(listener);
  }

  onStatus(listener: (status: StreamStatus) => void): () => void {
    this.#statusListeners.add(listener);
    return () => this.#statusListeners.delete(listener);
  }

  stop(): Promise<void> {
    this.become({ state: 'stopped' });
    return Promise.resolve();
  }

  /** Delivers result rows. */
  deliver(...rows: ResultRow[]): void {
    for (const listener of this.#rowListeners) listener(rows);
  }

  /** Changes the status. */
  become(change: Partial<StreamStatus>): void {
    this.#status = { ...this.#status, ...change };
    for (const listener of this.#statusListeners) listener(this.#status);
    if (this.#status.state === 'stopped' || this.#status.state === 'failed')
      this.#resolveEnded(this.#status);
  }

  /** Listeners that are still subscribed. */
  get listeners(): number {
    return this.#rowListeners.size + this.#statusListeners.size;
  }
}
