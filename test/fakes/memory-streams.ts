import type {
  RestartedStream,
  ResultRow,
  StreamHandle,
  StreamManager,
  StreamSpec
} from '../../src/runtime/streams/port.ts';
import type { HeadraceError } from '../../src/shared/errors.ts';
import { isFinal, type StreamStatus } from '../../src/shared/stream-status.ts';
import type { Column } from '../../src/shared/view.ts';
import { liveStatus } from './views.ts';

/** A stream whose rows and states a test sets. */
export class MemoryStream implements StreamHandle {
  readonly name: string;
  readonly ended: Promise<StreamStatus>;
  columns: readonly Column[] = [
    { name: 'word', type: 'text' },
    { name: 'n', type: 'number' }
  ];
  keys: readonly string[] = ['word'];
  /** Set for an aggregate without keys; else the keys tell. */
  aggregatesAll = false;
  session = 'main';
  #status: StreamStatus = liveStatus;
  #resolveEnded: (status: StreamStatus) => void = () => undefined;
  readonly #emitted: ResultRow[] = [];
  readonly #rowListeners = new Set<(rows: readonly ResultRow[]) => void>();
  readonly #statusListeners = new Set<(status: StreamStatus) => void>();

  constructor(readonly spec: StreamSpec) {
    this.name = spec.name;
    this.ended = new Promise(resolve => {
      this.#resolveEnded = resolve;
    });
  }

  get aggregated(): boolean {
    return this.aggregatesAll || this.keys.length > 0;
  }

  /** Listeners that are still subscribed. */
  get listeners(): number {
    return this.#rowListeners.size + this.#statusListeners.size;
  }

  status(): StreamStatus {
    return this.#status;
  }

  set(change: Partial<StreamStatus>): void {
    this.#status = { ...this.#status, ...change };
    for (const listener of this.#statusListeners) listener(this.#status);
    if (isFinal(this.#status.state)) this.#resolveEnded(this.#status);
  }

  /** Delivers rows; those who listen later get them as well. */
  emit(rows: readonly ResultRow[]): void {
    this.#emitted.push(...rows);
    for (const listener of this.#rowListeners) listener(rows);
  }

  onRows(listener: (rows: readonly ResultRow[]) => void): () => void {
    if (this.#emitted.length > 0) listener([...this.#emitted]);
    this.#rowListeners.add(listener);
    return () => this.#rowListeners.delete(listener);
  }

  onStatus(listener: (status: StreamStatus) => void): () => void {
    this.#statusListeners.add(listener);
    return () => this.#statusListeners.delete(listener);
  }

  stop(): Promise<void> {
    this.set({ state: 'stopped' });
    return Promise.resolve();
  }
}

/** Streams that live in memory; `prepare` shapes each one when it starts. */
export class MemoryStreams implements StreamManager {
  /** Why a stream of this name does not go on after a restart of its session. */
  readonly refusals = new Map<string, HeadraceError>();
  readonly restarts: (readonly string[])[] = [];
  readonly #streams = new Map<string, MemoryStream>();
  prepare: (stream: MemoryStream) => void = () => undefined;
  adoptable: readonly StreamSpec[] = [];
  closed = false;
  readonly stops: { readonly names: readonly string[]; readonly purge: boolean }[] = [];

  start(spec: StreamSpec): Promise<MemoryStream> {
    const stream = new MemoryStream(spec);
    this.prepare(stream);
    this.#streams.set(spec.name, stream);
    return Promise.resolve(stream);
  }

  get(name: string): MemoryStream | undefined {
    return this.#streams.get(name);
  }

  list(): readonly MemoryStream[] {
    return [...this.#streams.values()];
  }

  adopt(_signal: AbortSignal, only?: string): Promise<readonly MemoryStream[]> {
    const found = this.adoptable.filter(
      ({ name }) => (only ?? name) === name && !this.#streams.has(name)
    );
    return Promise.all(found.map(spec => this.start(spec)));
  }

  async stop(
    names: readonly string[] | 'all',
    { purge }: { purge: boolean }
  ): Promise<readonly string[]> {
    const wanted = this.list().filter(
      stream => (names === 'all' || names.includes(stream.name)) && !isFinal(stream.status().state)
    );
    await Promise.all(wanted.map(stream => stream.stop()));
    const stopped = wanted.map(stream => stream.name);
    this.stops.push({ names: stopped, purge });
    return stopped;
  }

  async restart(
    names: readonly string[],
    restartSession: () => Promise<unknown>
  ): Promise<readonly RestartedStream[]> {
    this.restarts.push(names);
    const streams = names.map(name => ({ name, error: this.refusals.get(name) ?? null }));
    for (const { name } of streams) this.get(name)?.set({ state: 'starting' });
    await restartSession();
    for (const { name, error } of streams)
      this.get(name)?.set({ state: error === null ? 'live' : 'failed' });
    return streams;
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}
