import { isFinal } from '../../shared/stream-status.ts';
import type { ProducerRegistry } from '../producers/port.ts';
import { MAIN_SESSION, type SessionDependencies } from '../session-port.ts';
import type { LocalStack, OnProgress } from '../stack-port.ts';
import { closeAttachment, type Attachment } from './parts.ts';

export interface Running {
  readonly attachment: Attachment | null;
  readonly stack: LocalStack;
  readonly producers: ProducerRegistry;
  /** What a later session starts with. */
  readonly dependencies: SessionDependencies;
  /** Ids of the batches that this notebook submitted. */
  readonly batches: readonly number[];
}

/**
 * Stops everything in the order in which it depends on one another. Each step is tried although an
 * earlier one failed, so that a dead session does not keep the rest alive; the first error is thrown at the end.
 */
export async function tearDown(
  { attachment, stack, producers, dependencies, batches }: Running,
  options: { readonly stack: boolean },
  onProgress: OnProgress,
  signal: AbortSignal
): Promise<void> {
  const purge = options.stack && attachment?.place.kind === 'local';
  const steps: readonly [label: string, step: () => Promise<unknown>][] = [
    ['stopping producers', () => stopProducers(producers)],
    ['stopping streams', () => stopStreams(attachment, purge, signal)],
    ['stopping batches', () => stopBatches(attachment, batches, signal)],
    // Before the sessions: a tail that goes on would start the one again that brokers are reached through.
    ['closing connections', async () => attachment && closeAttachment(attachment)],
    ['ending the Spark sessions', () => endSessions(attachment, dependencies, signal)],
    [
      options.stack ? 'ending the local stack' : 'giving the local stack back',
      () => (options.stack ? stack.down(onProgress, signal) : stack.release())
    ]
  ];
  const errors: unknown[] = [];
  for (const [label, step] of steps) {
    onProgress({ label, fraction: null });
    await step().catch((error: unknown) => errors.push(error));
  }
  if (errors.length > 0) throw errors[0];
}

/** Stops the producers and waits for the acknowledgements of what they have sent. */
export async function stopProducers(producers: ProducerRegistry): Promise<void> {
  const runs = producers.list().filter(run => run.progress().state === 'running');
  for (const run of runs) run.stop();
  await Promise.allSettled(runs.map(run => run.finished));
}

/** The results of a stack that ends are of no use to anyone. */
async function stopStreams(
  attachment: Attachment | null,
  purge: boolean,
  signal: AbortSignal
): Promise<void> {
  if (attachment === null) return;
  const alive = attachment.streams.list().some(stream => !isFinal(stream.status().state));
  if (alive || purge) await attachment.streams.stop('all', { purge }, signal);
}

async function stopBatches(
  attachment: Attachment | null,
  ids: readonly number[],
  signal: AbortSignal
): Promise<void> {
  if (attachment === null) return;
  for (const id of ids) await attachment.batches.deleteBatch(id, signal);
}

/** The sessions of this notebook; those of others stay. */
async function endSessions(
  attachment: Attachment | null,
  dependencies: SessionDependencies,
  signal: AbortSignal
): Promise<void> {
  if (attachment === null) return;
  const { sessions } = attachment;
  await sessions.named(MAIN_SESSION).reset(dependencies, signal);
  for (const { shortName } of await sessions.list(signal))
    if (shortName !== null && shortName !== MAIN_SESSION) await sessions.delete(shortName, signal);
}
