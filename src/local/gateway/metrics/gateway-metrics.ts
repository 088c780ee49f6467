import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** How a statement ended: with a result, with an error of the user's code, or cancelled. */
export type StatementOutcome = 'ok' | 'error' | 'cancelled';

/** Upper bounds of the histogram of durations, seconds: from a warm assignment to a long query. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** Things that have a state and are counted by it. */
type Stateful = () => readonly { readonly state: string }[];

/** What a gateway tells of itself to Prometheus. */
export class GatewayMetrics {
  readonly #registry = new Registry();
  readonly #statements: Counter<'kind' | 'outcome'>;
  readonly #durations: Histogram<'kind'>;

  constructor(sessions: Stateful, batches: Stateful) {
    const registers = [this.#registry];
    this.#statements = new Counter({
      name: 'headrace_statements_total',
      help: 'Statements that have ended, by language and outcome.',
      labelNames: ['kind', 'outcome'],
      registers
    });
    this.#durations = new Histogram({
      name: 'headrace_statement_duration_seconds',
      help: 'Time that statements have run, without the time that they waited.',
      labelNames: ['kind'],
      buckets: SECONDS,
      registers
    });
    this.#byState('headrace_sessions', 'Sessions that can be asked for, by state.', sessions);
    this.#byState('headrace_batches', 'Batches that can be asked for, by state.', batches);
    this.#memory();
  }

  /** Media type of {@link text}. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All metrics in the text format of Prometheus, version 0.0.4. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  /** Counts a statement that has ended; `seconds` is null for one that never ran. */
  statementEnded(kind: string, outcome: StatementOutcome, seconds: number | null): void {
    this.#statements.inc({ kind, outcome });
    if (seconds !== null) this.#durations.observe({ kind }, seconds);
  }

  #byState(name: string, help: string, all: Stateful): void {
    this.#gauge(name, help, ['state'], gauge => {
      gauge.reset();
      for (const { state } of all()) gauge.inc({ state });
    });
  }

  #memory(): void {
    const usage = (name: string, help: string, read: () => number) =>
      this.#gauge(name, help, [], gauge => gauge.set(read()));
    usage('process_resident_memory_bytes', 'Memory of the gateway process.', () =>
      process.memoryUsage.rss()
    );
    usage(
      'headrace_heap_used_bytes',
      'JavaScript heap in use.',
      () => process.memoryUsage().heapUsed
    );
  }

  /** A gauge that is read when it is asked for. */
  #gauge(
    name: string,
    help: string,
    labelNames: 'state'[],
    read: (gauge: Gauge<'state'>) => void
  ): void {
    const gauge: Gauge<'state'> = new Gauge({
      name,
      help,
      labelNames,
      registers: [this.#registry],
      collect: () => read(gauge)
    });
  }
}
