import type { ResultRow } from '../../src/runtime/streams/port.ts';
import type { StreamStatus } from '../../src/shared/stream-status.ts';
import { MemoryStream } from './memory-streams.ts';

/** The word count that the tests of live views feed by hand. */
export class TestStream extends MemoryStream {
  constructor() {
    super({
      name: 'counts',
      sources: [{ topic: 'words', format: 'text' }],
      query: { kind: 'wordcount' },
      from: 'earliest',
      mode: 'adaptive',
      maxRealTimeRate: 1_000
    });
  }

  /** Delivers result rows. */
  deliver(...rows: ResultRow[]): void {
    this.emit(rows);
  }

  /** Changes the status. */
  become(change: Partial<StreamStatus>): void {
    this.set(change);
  }
}
