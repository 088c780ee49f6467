/** The local stack as the rest of the program sees it; `src/local` implements it. */
export interface StackEndpoints {
  /** Stays the same when a stack that was killed is replaced; one that ended and starts again has another. */
  readonly id: string;
  readonly brokers: readonly string[];
  readonly livyUrl: string;
  /** Sent as `Authorization: Bearer`. */
  readonly livyToken: string;
  /** Of the daemon that serves the stack now. */
  readonly pid: number;
}

export interface StackStatus {
  readonly running: boolean;
  /** Of a stack that does not run, only where it was killed and `ensure` replaces it. */
  readonly endpoints: StackEndpoints | null;
  readonly startedAt: number | null;
  readonly leases: number;
  /** One line a part: name, state, detail. Sessions and batches are those of all notebooks. */
  readonly parts: readonly {
    readonly kind: 'service' | 'session' | 'batch';
    readonly name: string;
    readonly state: string;
    readonly detail: string;
  }[];
}

/** One step of long work, for a progress bar; `fraction` is null where it cannot be known. */
export interface ProgressStep {
  readonly label: string;
  readonly fraction: number | null;
  /** The label is news that must not pass with the progress line, such as the loss of a session. */
  readonly notice?: true;
}
export type OnProgress = (step: ProgressStep) => void;

export interface LocalStack {
  /** Starts the stack or adopts the running one, and holds a lease until `release`. Ready means used. */
  ensure(onProgress: OnProgress, signal: AbortSignal): Promise<StackEndpoints>;
  status(): Promise<StackStatus>;
  /** Gives the lease back; the stack ends by itself some time after the last one. */
  release(): Promise<void>;
  /** Stops the stack at once and waits until every process of it has ended. */
  down(onProgress: OnProgress, signal: AbortSignal): Promise<void>;
}
