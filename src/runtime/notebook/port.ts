import type { KafkaPort } from '../kafka/port.ts';
import type { BatchPort } from '../livy/batch-port.ts';
import type { ProducerRegistry } from '../producers/port.ts';
import type { NotebookSession, NotebookSessions, SessionDependencies } from '../session-port.ts';
import type { LocalStack, OnProgress } from '../stack-port.ts';
import type { StreamHandle, StreamManager } from '../streams/port.ts';
import type { ViewSpec } from '../../shared/view.ts';
import type { AttachedEndpoints } from './place.ts';
import type { NotebookTargets } from './targets-port.ts';

/** A live view on record, with the stream that feeds it. */
export interface RecordedView {
  readonly view: ViewSpec;
  readonly stream: StreamHandle;
}

export interface LostProducer {
  readonly name: string;
  readonly topic: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/** A batch that this notebook submitted to the stack that it is attached to. */
export interface SubmittedBatch {
  /** Of the Livy endpoint. */
  readonly id: number;
  /** Name of the submitted file, without its folder. */
  readonly file: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/** Parts of an attached notebook; not the holder's to close. */
export interface AttachedParts {
  readonly kafka: KafkaPort;
  readonly sessions: NotebookSessions;
  readonly streams: StreamManager;
}

/** Everything one notebook owns. The magics know nothing else of the world. */
export interface NotebookRuntime {
  /** Stable over kernel restarts of one notebook file; letters, digits and `-`. */
  readonly id: string;
  readonly stack: LocalStack;
  /** Where the notebook is attached, or null before `%provision`. */
  readonly endpoints: AttachedEndpoints | null;
  /** The parts while the notebook is attached, without a look at the stack; else null. */
  readonly attached: AttachedParts | null;
  /** The places that the notebook can be moved between. */
  readonly targets: NotebookTargets;
  /** Attaches to the local stack, starting it where needed. Safe to repeat. */
  provisionLocal(onProgress: OnProgress, signal: AbortSignal): Promise<AttachedEndpoints>;
  /** Stops what this notebook runs where it is attached, and detaches; with `stack` the local stack ends as well. */
  down(
    options: { readonly stack: boolean },
    onProgress: OnProgress,
    signal: AbortSignal
  ): Promise<void>;
  /**
   * After a kernel restart: attaches again when this notebook was provisioned before and the stack still
   * runs, or was killed and can be replaced, or its profile is there; adopts its streams. Starts nothing else; false when there
   * is nothing to attach to.
   */
  reattach(signal: AbortSignal): Promise<boolean>;
  /** Keeps the topic on record as one that this notebook created. */
  rememberTopic(name: string): Promise<void>;
  /** Keeps the view on record, so that a later kernel finds it again by its id. */
  rememberView(view: ViewSpec): Promise<void>;
  /** A recorded view whose stream runs, in this kernel or since an earlier one; null otherwise. */
  findView(id: string, signal: AbortSignal): Promise<RecordedView | null>;
  /** These reattach where that is possible, and reject with HR_NOT_PROVISIONED otherwise. */
  kafka(): Promise<KafkaPort>;
  /** The session that cells run in. */
  session(): Promise<NotebookSession>;
  sessions(): Promise<NotebookSessions>;
  /** Batches of the endpoint; those submitted through it are kept on record. */
  batches(): Promise<BatchPort>;
  streams(): Promise<StreamManager>;
  readonly producers: ProducerRegistry;
  /** Producers that ended with an earlier kernel before they were done. */
  readonly lostProducers: readonly LostProducer[];
  /** Oldest first. */
  readonly submittedBatches: readonly SubmittedBatch[];
  /** What the next session starts with, always the newest; kept over kernel restarts. */
  readonly dependencies: SessionDependencies;
  setDependencies(dependencies: SessionDependencies): Promise<void>;
  /** Leaves streams and sessions running, closes connections; at most two seconds. */
  close(): Promise<void>;
}
