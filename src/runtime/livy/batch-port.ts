/** Batches of a Livy endpoint; https://livy.apache.org/docs/latest/rest-api.html#batch */

export type BatchState =
  | 'not_started'
  | 'starting'
  | 'recovering'
  | 'running'
  | 'shutting_down'
  | 'error'
  | 'dead'
  | 'killed'
  | 'success'
  | 'unknown';

/** What `spark-submit` is given. `file` is a `.py` file or a jar, by path or URL as the endpoint sees it. */
export interface BatchRequest {
  readonly file: string;
  readonly className?: string;
  readonly args?: readonly string[];
  readonly name?: string;
  readonly conf?: Readonly<Record<string, string>>;
  readonly jars?: readonly string[];
  readonly pyFiles?: readonly string[];
  readonly files?: readonly string[];
  readonly driverMemory?: string;
  readonly executorMemory?: string;
  readonly executorCores?: number;
  readonly numExecutors?: number;
}

export interface Batch {
  readonly id: number;
  readonly name: string | null;
  readonly state: BatchState;
  readonly appId: string | null;
}

/** Lines of a log from a place in it; `total` counts all lines that the endpoint knows. */
export interface LogPage {
  readonly from: number;
  readonly total: number;
  readonly lines: readonly string[];
}

/** The part of a Livy endpoint that runs batches. */
export interface BatchPort {
  submitBatch(request: BatchRequest, signal?: AbortSignal): Promise<Batch>;
  /** `null` when the batch is not known. */
  getBatch(id: number, signal?: AbortSignal): Promise<Batch | null>;
  listBatches(signal?: AbortSignal): Promise<readonly Batch[]>;
  /** Lines `from` … `from + size`; a negative `from` means the last ones. */
  batchLog(id: number, from: number, size: number, signal?: AbortSignal): Promise<LogPage>;
  /** Kills the batch where it runs, and forgets it. */
  deleteBatch(id: number, signal?: AbortSignal): Promise<void>;
}
