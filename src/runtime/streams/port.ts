import type { HeadraceError } from '../../shared/errors.ts';
import type { Cell, Column } from '../../shared/view.ts';
import type { StreamMode, StreamStatus } from '../../shared/stream-status.ts';
import type { OnProgress } from '../stack-port.ts';

/** How the value of a Kafka record becomes columns. `clickstream` is CSV with the columns of the generator. */
export type RecordFormat = 'text' | 'csv' | 'json' | 'clickstream';

export interface StreamSource {
  readonly topic: string;
  readonly format: RecordFormat;
  /** Spark DDL such as `ip STRING, n INT`; inferred from a sample where absent and needed. */
  readonly schema?: string;
}

export type StreamQuery =
  /** Counts whitespace-separated words of text records; columns `word`, `n`. */
  | { readonly kind: 'wordcount' }
  /** All parsed rows as they are. */
  | { readonly kind: 'rows' }
  /** One streaming SELECT over topics named as tables. */
  | { readonly kind: 'sql'; readonly text: string };

export interface StreamSpec {
  /** Handle of the stream and name of its SQL view; letters, digits and `_`. */
  readonly name: string;
  readonly sources: readonly StreamSource[];
  readonly query: StreamQuery;
  /** Spark table that every result row of a non-aggregated query is appended to as well. */
  readonly table?: string;
  readonly from: 'earliest' | 'latest';
  /** `adaptive` lets the stream choose; the others pin it. */
  readonly mode: 'adaptive' | Exclude<StreamMode, 'catch-up'>;
  /** Input records per second above which adaptive mode leaves real-time mode. */
  readonly maxRealTimeRate: number;
}

/** `row` is null for a tombstone: the key is gone. */
export interface ResultRow {
  readonly key: string;
  readonly row: Readonly<Record<string, Cell>> | null;
  /** Newest input time behind the row, epoch milliseconds. */
  readonly eventTime: number | null;
  /** When the runtime received the row, epoch milliseconds. */
  readonly receivedAt: number;
}

/** A stream that runs in Spark, seen from the notebook. It lives on when the handle is dropped. */
export interface StreamHandle {
  readonly name: string;
  readonly spec: StreamSpec;
  readonly columns: readonly Column[];
  /** Grouping columns; empty for a query that is not aggregated, or aggregates all rows into one. */
  readonly keys: readonly string[];
  /** Whether a row replaces the earlier one of its key. */
  readonly aggregated: boolean;
  /** Short name of the Spark session that its query runs in. */
  readonly session: string;
  status(): StreamStatus;
  /** Calls back with each batch of result rows, from the first one on; returns the way to stop that. */
  onRows(listener: (rows: readonly ResultRow[]) => void): () => void;
  onStatus(listener: (status: StreamStatus) => void): () => void;
  /** Resolves when the stream is stopped or failed. */
  readonly ended: Promise<StreamStatus>;
  stop(signal: AbortSignal): Promise<void>;
}

/** A stream after a restart of its session; `error` says why it did not go on. */
export interface RestartedStream {
  readonly name: string;
  readonly error: HeadraceError | null;
}

export interface StreamManager {
  /** Starts a query; a stopped stream of the same name goes on from its checkpoint when its spec is unchanged. */
  start(spec: StreamSpec, onProgress: OnProgress, signal: AbortSignal): Promise<StreamHandle>;
  get(name: string): StreamHandle | undefined;
  list(): readonly StreamHandle[];
  /** Finds streams of this notebook that run since before this kernel, or the one of a name, and tails them again. */
  adopt(signal: AbortSignal, only?: string): Promise<readonly StreamHandle[]>;
  /** Stops the named streams, or all, and forgets checkpoints and topics when `purge` is set. */
  stop(
    names: readonly string[] | 'all',
    options: { purge: boolean },
    signal: AbortSignal
  ): Promise<readonly string[]>;
  /**
   * Stops the queries of running streams, waits for `restartSession`, and starts them again from their
   * checkpoints. Handles and their listeners stay; a stream that does not go on ends as failed.
   */
  restart(
    names: readonly string[],
    restartSession: () => Promise<unknown>,
    signal: AbortSignal
  ): Promise<readonly RestartedStream[]>;
  /** Ends tails and timers; the queries run on. */
  close(): Promise<void>;
}
