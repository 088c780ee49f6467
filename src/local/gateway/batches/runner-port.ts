import type { SparkRequest } from '../creation/spark-request.ts';

/** What `spark-submit` is given for one batch. */
export interface RunnerRequest extends SparkRequest {
  readonly batchId: number;
  /** A `.py` file or a jar. */
  readonly file: string;
  /** The class to run from a jar. */
  readonly className: string | null;
  readonly args: readonly string[];
}

/** All that a runner knows of its batch. */
export interface RunnerState {
  readonly running: boolean;
  /** How Spark's process ended, negative for a signal; null before. */
  readonly status: number | null;
}

/** What a runner tells its batch, the end last. */
export interface RunnerEvents {
  /** What was known before no longer counts. */
  state(state: RunnerState): void;
  log(line: string): void;
  /** The process is gone; nothing follows. `reason` is null where the exit status says all. */
  ended(reason: string | null): void;
}

/** One process that runs a batch. */
export interface Runner {
  /** Ends the batch with all its processes, by force after a grace time; resolves when they are gone. */
  stop(): Promise<void>;
  /** Leaves the process to the next gateway; no event follows. */
  release(): void;
}

/** Where runners come from; neither call calls back before it has returned. Tests give runners without a process. */
export interface RunnerLauncher {
  /** Throws the error of the file system when the folder cannot be written. */
  start(request: RunnerRequest, events: RunnerEvents): Runner;
  /** Takes over what an earlier gateway has left in a folder; a runner that is gone tells how it ended. */
  adopt(folder: string, events: RunnerEvents): Runner;
}
