import { HeadraceError, toHeadraceError } from '../../shared/errors.ts';
import type { StreamStatus } from '../../shared/stream-status.ts';
import type { Column } from '../../shared/view.ts';
import type { Clock } from '../clock.ts';
import type { ConsumedRecord, KafkaPort } from '../kafka/port.ts';
import { DeadLetterCount } from './dead-letters.ts';
import { BEAT_KEY, beatSchema, readJson, type Descriptor } from './messages.ts';
import type { ResultRow, StreamHandle, StreamSpec } from './port.ts';
import { RetainedRows, toResultRow } from './rows.ts';
import { StatusTracker } from './status-tracker.ts';
import type { StreamTopics } from './topics.ts';

/** How often rates and latency are computed anew, milliseconds. */
const TICK_MS = 500;
/** How long the last rows of a stream that has ended are waited for, milliseconds. */
const DRAIN_LIMIT_MS = 5_000;
const DRAIN_STEP_MS = 20;

export interface TailedStreamOptions {
  readonly descriptor: Descriptor;
  readonly spec: StreamSpec;
  readonly topics: StreamTopics;
  readonly kafka: KafkaPort;
  readonly clock: Clock;
  /** Stops the query in Spark and waits for its end. */
  readonly stopQuery: (signal: AbortSignal) => Promise<unknown>;
}

function isRow(row: ResultRow | null): row is ResultRow {
  return row !== null;
}

/** A stream seen through its topics, all three by one tail. */
export class TailedStream implements StreamHandle {
  readonly name: string;
  readonly spec: StreamSpec;
  readonly columns: readonly Column[];
  readonly keys: readonly string[];
  readonly aggregated: boolean;
  readonly session: string;
  readonly ended: Promise<StreamStatus>;
  readonly #options: TailedStreamOptions;
  readonly #tracker: StatusTracker;
  readonly #retained = new RetainedRows();
  readonly #dead = new DeadLetterCount();
  readonly #closing = new AbortController();
  readonly #rowListeners = new Set<(rows: readonly ResultRow[]) => void>();
  readonly #statusListeners = new Set<(status: StreamStatus) => void>();
  readonly #resolveEnded: (status: StreamStatus) => void;
  /** Offset of the next result record to come, and the first that is new since this tail began. */
  #nextResult = 0n;
  #firstFresh = 0n;
  #finishing = false;
  /** The start whose beats count; null while there is none. */
  #run: string | null;

  constructor(options: TailedStreamOptions) {
    const { descriptor, spec, clock } = options;
    this.#options = options;
    this.name = spec.name;
    this.spec = spec;
    this.columns = descriptor.columns;
    this.keys = descriptor.keys;
    this.aggregated = descriptor.aggregated;
    this.session = descriptor.session;
    this.#run = descriptor.run;
    this.#tracker = new StatusTracker(clock.now());
    this.#tracker.step('starting', clock.now());
    let resolve: (status: StreamStatus) => void = () => undefined;
    this.ended = new Promise(resolved => (resolve = resolved));
    this.#resolveEnded = resolve;
  }

  /** Begins to follow the topics, with all rows that they hold. */
  async open(signal: AbortSignal): Promise<void> {
    const { kafka, topics } = this.#options;
    const ends = await kafka.admin.endOffsets([topics.results], signal);
    this.#firstFresh = ends.get(topics.results)?.[0] ?? 0n;
    void this.#follow();
    void this.#tick();
  }

  status(): StreamStatus {
    return this.#tracker.status;
  }

  onRows(listener: (rows: readonly ResultRow[]) => void): () => void {
    const kept = this.#replaying ? [] : this.#retained.all();
    if (kept.length > 0) listener(kept);
    this.#rowListeners.add(listener);
    return () => this.#rowListeners.delete(listener);
  }

  onStatus(listener: (status: StreamStatus) => void): () => void {
    this.#statusListeners.add(listener);
    return () => this.#statusListeners.delete(listener);
  }

  async stop(signal: AbortSignal): Promise<void> {
    if (this.#tracker.final) return;
    this.#tracker.step('stopping', this.#now, 'Stopping');
    this.#tell();
    try {
      await this.#options.stopQuery(signal);
    } catch (error) {
      if (!(error instanceof HeadraceError) || error.code !== 'HR_SESSION_DEAD') throw error;
    }
    await this.#drain();
    this.#tracker.step('stopped', this.#now, '');
    this.#settle();
    await this.ended;
  }

  /** The session of the query died, and another one is to run it from its checkpoint. */
  restarting(reason: string): void {
    this.#run = null;
    this.#tracker.restarting(reason, this.#now);
    this.#tell();
  }

  /** The query runs again: same rows, same listeners. */
  restarted({ run }: Descriptor, note: string): void {
    this.#run = run;
    this.#tracker.restarted(note, this.#now);
  }

  /** Ends the stream as failed. */
  fail(reason: string): void {
    this.#tracker.fail(reason, this.#now);
    this.#settle();
  }

  /** Ends the tail; the query runs on, and the status stays as it was. */
  close(): void {
    this.#closing.abort();
  }

  get #now(): number {
    return this.#options.clock.now();
  }

  async #follow(): Promise<void> {
    const { kafka, topics } = this.#options;
    const { signal } = this.#closing;
    try {
      const from = 'earliest' as const;
      const { results, progress, dead } = topics;
      const all = [results, progress, dead];
      for await (const records of kafka.tail({ topics: all, from, signal })) this.#take(records);
    } catch (error) {
      this.#tracker.fail(toHeadraceError(error).line, this.#now);
      this.#settle();
    }
  }

  #take(records: readonly ConsumedRecord[]): void {
    const { topics } = this.#options;
    const of = (topic: string) => records.filter(record => record.topic === topic);
    this.#takeResults(of(topics.results));
    this.#dead.add(of(topics.dead));
    this.#tracker.dead(this.#dead.count);
    const progress = of(topics.progress);
    for (const record of progress) this.#takeBeat(record);
    if (progress.length > 0) this.#settle();
  }

  #takeResults(records: readonly ConsumedRecord[]): void {
    const last = records.at(-1);
    if (last === undefined) return;
    const receivedAt = this.#now;
    const toRow = (record: ConsumedRecord) => toResultRow(this.columns, record, receivedAt);
    const isFresh = (record: ConsumedRecord) => record.offset >= this.#firstFresh;
    const replayed = records
      .filter(record => !isFresh(record))
      .map(toRow)
      .filter(isRow);
    const fresh = records.filter(isFresh).map(toRow).filter(isRow);
    const wasReplaying = this.#replaying;
    this.#tracker.rows(receivedAt, replayed, false);
    this.#tracker.rows(receivedAt, fresh, true);
    this.#retained.add(replayed);
    this.#retained.add(fresh);
    this.#nextResult = last.offset + 1n;
    if (!this.#replaying) this.#deliver(wasReplaying ? this.#retained.all() : fresh);
  }

  #deliver(rows: readonly ResultRow[]): void {
    for (const listener of this.#rowListeners) listener(rows);
  }

  /** Rows from before this tail are gathered first, so that nobody sees old values run by. */
  get #replaying(): boolean {
    return this.#nextResult < this.#firstFresh;
  }

  #takeBeat({ key, value }: ConsumedRecord): void {
    const beat = key === BEAT_KEY ? readJson(beatSchema, value) : null;
    if (beat !== null && beat.run === this.#run) this.#tracker.beat(beat);
  }

  async #tick(): Promise<void> {
    const { clock } = this.#options;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      this.#tracker.tick(clock.now());
      this.#settle();
      await clock.sleep(TICK_MS, signal).catch(() => undefined);
    }
  }

  #tell(): void {
    for (const listener of this.#statusListeners) listener(this.#tracker.status);
  }

  /** Tells the status; at the end takes the last rows, then closes. */
  #settle(): void {
    this.#tell();
    if (!this.#tracker.final || this.#finishing) return;
    this.#finishing = true;
    void this.#drain().finally(() => {
      this.#tracker.tick(this.#now);
      this.close();
      this.#tell();
      this.#resolveEnded(this.#tracker.status);
    });
  }

  /** Waits until all result rows that are in the topic now have been taken. */
  async #drain(): Promise<void> {
    const { kafka, topics, clock } = this.#options;
    const { signal } = this.#closing;
    const limit = clock.now() + DRAIN_LIMIT_MS;
    try {
      const ends = await kafka.admin.endOffsets([topics.results], signal);
      const end = ends.get(topics.results)?.[0] ?? 0n;
      while (this.#nextResult < end && clock.now() < limit)
        await clock.sleep(DRAIN_STEP_MS, signal);
    } catch {
      // The topic or the broker is gone: there is nothing more to take.
    }
  }
}
