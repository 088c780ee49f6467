/** What `spark-submit` is given for one batch. Paths are local, without a scheme, or URLs for Spark to fetch. */
export interface RunnerRequest {
  readonly batchId: number;
  /** Folder of the batch, which is there and for this user only. */
  readonly folder: string;
  readonly name: string | null;
  /** A `.py` file or a jar. */
  readonly file: string;
  /** The class to run from a jar. */
  readonly className: string | null;
  readonly args: readonly string[];
  readonly conf: Readonly<Record<string, string>>;
  readonly jars: readonly string[];
  readonly pyFiles: readonly string[];
  readonly files: readonly string[];
  readonly archives: readonly string[];
  /** As Spark writes it (`1g`); null leaves the default. */
  readonly driverMemory: string | null;
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
