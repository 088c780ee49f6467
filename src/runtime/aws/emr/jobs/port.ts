/** Services on which a job can live longer than the notebook. */
export const JOB_TARGETS = ['emr-step', 'emr-serverless', 'emr-eks'] as const;
export type JobTargetKind = (typeof JOB_TARGETS)[number];

/** A Spark application to run. Files are addresses that the service can read, such as `s3://…`. */
export interface Job {
  readonly name: string;
  /** A Python file, or a jar. */
  readonly entryPoint: string;
  /** For a jar. */
  readonly mainClass?: string;
  readonly arguments?: readonly string[];
  readonly pyFiles?: readonly string[];
  readonly jars?: readonly string[];
  /** Settings of Spark. */
  readonly conf?: Readonly<Record<string, string>>;
  /** Whether it is to run until it is stopped, and to be started again when it fails, where the service can do that. */
  readonly streaming: boolean;
  /** The same for a request that is made again; services that know tokens start such a job once. At most 64 characters. */
  readonly token: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** `unknown` is a state that did not exist when this was written. */
export type JobState =
  'waiting' | 'running' | 'stopping' | 'succeeded' | 'failed' | 'stopped' | 'unknown';

export interface JobView {
  readonly id: string;
  readonly name: string;
  readonly state: JobState;
  /** As the service says it: `CANCEL_PENDING`. */
  readonly said: string;
  /** Why it failed, or what it waits for. */
  readonly reason: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number | null;
  readonly endedAt: number | null;
}

/** The ends of the newest files of one stream of the driver's log. */
export interface JobLog {
  readonly lines: readonly string[];
  /** Addresses of the files that the lines are of; empty where the service has written none yet. */
  readonly files: readonly string[];
}

export interface LogQuery {
  readonly stream: 'stdout' | 'stderr';
  /** At most so many of the last lines. */
  readonly lines: number;
}

/** Long-lived jobs on one service. Errors are HeadraceErrors; HR_AWS_REFUSED for a job that it does not know. */
export interface JobTarget {
  readonly kind: JobTargetKind;
  /** Identity of the job. */
  submit(job: Job, signal?: AbortSignal): Promise<string>;
  state(id: string, signal?: AbortSignal): Promise<JobView>;
  /** Services write logs late: minutes may be missing at the end. */
  log(id: string, query: LogQuery, signal?: AbortSignal): Promise<JobLog>;
  /** Asks the service to stop it; a job that has ended is left as it is. */
  stop(id: string, signal?: AbortSignal): Promise<void>;
  /** Newest first, at most {@link LISTED}. */
  list(signal?: AbortSignal): Promise<readonly JobView[]>;
  /** The same of those alone that have not ended. */
  running(signal?: AbortSignal): Promise<readonly JobView[]>;
}

export const LISTED = 100;

/** Whether a job has ended for good; a state that is not known is not final. */
export function hasJobEnded(state: JobState): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'stopped';
}
