import type { ViewSpec } from '../../shared/view.ts';
import type { Clock } from '../clock.ts';
import type { KafkaPort } from '../kafka/port.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { leave } from '../ledger/worlds.ts';
import type { BatchPort } from '../livy/batch-port.ts';
import type { ProducerRegistry } from '../producers/port.ts';
import { createProducerRegistry } from '../producers/registry.ts';
import type { NotebookSession, NotebookSessions, SessionDependencies } from '../session-port.ts';
import type { NetworkProbes } from '../profile/doctor/port.ts';
import { LOCAL_TARGET } from '../profile/profile.ts';
import type { AwsServices } from '../aws/services-port.ts';
import type { ProfileStore } from '../profile/store.ts';
import type { LocalStack, OnProgress } from '../stack-port.ts';
import type { StreamManager } from '../streams/port.ts';
import { liveDependencies, recordableDependencies } from './live-dependencies.ts';
import { NotebookLink } from './notebook-link.ts';
import { closeAttachment, type Attachment, type NotebookParts } from './parts.ts';
import type { AttachedEndpoints } from './place.ts';
import type {
  AttachedParts,
  LostProducer,
  NotebookRuntime,
  RecordedView,
  SubmittedBatch
} from './port.ts';
import { recordProducer } from './recorded-producers.ts';
import { createTargets } from './targets.ts';
import type { NotebookTargets } from './targets-port.ts';
import { stopProducers, tearDown } from './tear-down.ts';

/** A kernel that ends waits this long for its connections, milliseconds. */
const CLOSE_LIMIT_MS = 2_000;

export interface NotebookRuntimeOptions {
  /** From `openLedger`; its notebook is the one of this runtime. */
  readonly ledger: Ledger;
  readonly stack: LocalStack;
  /** Targets that are not the local stack; the folder is private to the user. */
  readonly profiles: ProfileStore;
  readonly parts: NotebookParts;
  readonly clock: Clock;
  /** Names and connections, as `%provision doctor` tries them. */
  readonly network: NetworkProbes;
  /** Loaded when a cell first needs AWS. */
  readonly aws?: () => Promise<AwsServices>;
}

/** The runtime of one kernel of a notebook; attached to nothing yet. */
export async function createNotebookRuntime(
  options: NotebookRuntimeOptions
): Promise<NotebookRuntime> {
  const { ledger } = options;
  const lost = ledger.record.producers;
  if (lost.length > 0) await ledger.update(record => ({ ...record, producers: [] }));
  return new LocalNotebook(options, lost);
}

class LocalNotebook implements NotebookRuntime {
  readonly id: string;
  readonly stack: LocalStack;
  readonly producers: ProducerRegistry;
  readonly targets: NotebookTargets;
  readonly lostProducers: readonly LostProducer[];
  readonly dependencies: SessionDependencies;
  readonly #options: NotebookRuntimeOptions;
  readonly #ledger: Ledger;
  readonly #link: NotebookLink;
  readonly #ends = new AbortController();

  constructor(options: NotebookRuntimeOptions, lost: readonly LostProducer[]) {
    const { ledger } = options;
    this.id = ledger.record.notebook;
    this.stack = options.stack;
    this.#options = options;
    this.#ledger = ledger;
    this.lostProducers = lost;
    this.dependencies = liveDependencies(ledger);
    this.#link = new NotebookLink({ ...options, dependencies: this.dependencies });
    this.producers = createProducerRegistry({
      connect: async () => (await this.kafka()).producer(),
      clock: options.clock,
      onStart: run => recordProducer(run, ledger, options.clock, this.#ends.signal)
    });
    const { producers, dependencies } = this;
    this.targets = createTargets({ ...options, link: this.#link, producers, dependencies });
  }

  get endpoints(): AttachedEndpoints | null {
    return this.#link.attachment?.endpoints ?? null;
  }

  get attached(): AttachedParts | null {
    return this.#link.attachment;
  }

  get submittedBatches(): readonly SubmittedBatch[] {
    return this.#ledger.record.batches;
  }

  setDependencies(given: SessionDependencies): Promise<void> {
    const dependencies = recordableDependencies(given);
    return this.#ledger.update(record => ({ ...record, dependencies }));
  }

  provisionLocal(onProgress: OnProgress, signal: AbortSignal): Promise<AttachedEndpoints> {
    return this.#link.provision(onProgress, signal);
  }

  reattach(signal: AbortSignal): Promise<boolean> {
    return this.#link.reattach(signal);
  }

  async down(
    options: { readonly stack: boolean },
    onProgress: OnProgress,
    signal: AbortSignal
  ): Promise<void> {
    await this.reattach(signal);
    const attachment = this.#link.release();
    const { stack, producers, dependencies } = this;
    const batches = this.submittedBatches.map(({ id }) => id);
    await this.#ledger.update(record => leave(record, options.stack ? LOCAL_TARGET : undefined));
    const running = { attachment, stack, producers, dependencies, batches };
    await tearDown(running, options, onProgress, signal);
  }

  async kafka(): Promise<KafkaPort> {
    return (await this.#link.require()).kafka;
  }

  async session(): Promise<NotebookSession> {
    return (await this.sessions()).current;
  }

  async sessions(): Promise<NotebookSessions> {
    return (await this.#link.require()).sessions;
  }

  async batches(): Promise<BatchPort> {
    return (await this.#link.require()).batches;
  }

  async streams(): Promise<StreamManager> {
    return (await this.#link.require()).streams;
  }

  rememberTopic(name: string): Promise<void> {
    return this.#ledger.update(record => ({
      ...record,
      topics: [...record.topics.filter(topic => topic !== name), name]
    }));
  }

  rememberView(view: ViewSpec): Promise<void> {
    return this.#ledger.update(record => ({
      ...record,
      views: [...record.views.filter(each => each.id !== view.id), view]
    }));
  }

  async findView(id: string, signal: AbortSignal): Promise<RecordedView | null> {
    const view = this.#ledger.record.views.find(each => each.id === id);
    if (view === undefined || !(await this.reattach(signal))) return null;
    const streams = this.#link.attachment?.streams;
    // A stream whose session was just started again has not reported when this kernel looks for the first time.
    const stream = streams?.get(view.stream) ?? (await streams?.adopt(signal, view.stream))?.at(0);
    return stream === undefined ? null : { view, stream };
  }

  async close(): Promise<void> {
    this.#ends.abort();
    const closed = this.#closeAll(this.#link.release());
    const done = new AbortController();
    const limit = this.#options.clock.sleep(CLOSE_LIMIT_MS, done.signal).catch(() => undefined);
    await Promise.race([closed, limit]);
    done.abort();
  }

  async #closeAll(attachment: Attachment | null): Promise<void> {
    await stopProducers(this.producers);
    await Promise.allSettled([attachment && closeAttachment(attachment), this.stack.release()]);
    await this.#ledger.settled();
  }
}
