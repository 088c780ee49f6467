import type { KafkaPort } from '../kafka/port.ts';
import type { ProducerRegistry } from '../producers/port.ts';
import type { NotebookSession, SessionDependencies } from '../session-port.ts';
import type { LocalStack, OnProgress, StackEndpoints } from '../stack-port.ts';
import type { StreamManager } from '../streams/port.ts';

/** Everything one notebook owns. The magics know nothing else of the world. */
export interface NotebookRuntime {
  /** Stable over kernel restarts of one notebook file; letters, digits and `-`. */
  readonly id: string;
  readonly stack: LocalStack;
  /** Where the notebook is attached, or null before `%provision`. */
  readonly endpoints: StackEndpoints | null;
  /** Attaches to the local stack, starting it where needed. Safe to repeat. */
  provisionLocal(onProgress: OnProgress, signal: AbortSignal): Promise<StackEndpoints>;
  /** Stops what this notebook runs and detaches; with `stack` the local stack ends as well. */
  down(
    options: { readonly stack: boolean },
    onProgress: OnProgress,
    signal: AbortSignal
  ): Promise<void>;
  /** These reject with HR_NOT_PROVISIONED before `%provision`. */
  kafka(): Promise<KafkaPort>;
  session(): Promise<NotebookSession>;
  streams(): Promise<StreamManager>;
  readonly producers: ProducerRegistry;
  dependencies: SessionDependencies;
  /** Leaves streams and sessions running, closes connections; at most two seconds. */
  close(): Promise<void>;
}
