import { HeadraceError } from '../../shared/errors.ts';
import type { ViewSpec } from '../../shared/view.ts';
import type { Clock } from '../clock.ts';
import type { KafkaPort } from '../kafka/port.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ProducerRegistry } from '../producers/port.ts';
import { createProducerRegistry } from '../producers/registry.ts';
import type { NotebookSession, SessionDependencies } from '../session-port.ts';
import type { LocalStack, OnProgress, StackEndpoints } from '../stack-port.ts';
import type { StreamManager } from '../streams/port.ts';
import { closeAttachment, type Attachment, type NotebookParts } from './parts.ts';
import type { LostProducer, NotebookRuntime, RecordedView } from './port.ts';
import { recordProducer } from './recorded-producers.ts';
import { recordStreams } from './recorded-streams.ts';
import { stopProducers, tearDown } from './tear-down.ts';

/** A kernel that ends waits this long for its connections, milliseconds. */
const CLOSE_LIMIT_MS = 2_000;
/** A cell that only looks whether there is something to attach to waits this long, milliseconds. */
const REATTACH_LIMIT_MS = 30_000;

export interface NotebookRuntimeOptions {
  /** From `openLedger`; its notebook is the one of this runtime. */
  readonly ledger: Ledger;
  readonly stack: LocalStack;
  readonly parts: NotebookParts;
  readonly clock: Clock;
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

/** Always what is on record, so that a session that starts late starts with the newest. */
function liveDependencies(ledger: Ledger): SessionDependencies {
  return {
    get packages() {
      return ledger.record.dependencies.packages;
    },
    get conf() {
      return ledger.record.dependencies.conf;
    }
  };
}

class LocalNotebook implements NotebookRuntime {
  readonly id: string;
  readonly stack: LocalStack;
  readonly producers: ProducerRegistry;
  readonly lostProducers: readonly LostProducer[];
  readonly dependencies: SessionDependencies;
  readonly #options: NotebookRuntimeOptions;
  readonly #ledger: Ledger;
  readonly #ends = new AbortController();
  #attachment: Attachment | null = null;
  #reattaching: Promise<boolean> | null = null;

  constructor(options: NotebookRuntimeOptions, lost: readonly LostProducer[]) {
    const { ledger } = options;
    this.id = ledger.record.notebook;
    this.stack = options.stack;
    this.#options = options;
    this.#ledger = ledger;
    this.lostProducers = lost;
    this.dependencies = liveDependencies(ledger);
    this.producers = createProducerRegistry({
      connect: async () => (await this.kafka()).producer(),
      clock: options.clock,
      onStart: run => recordProducer(run, ledger, options.clock, this.#ends.signal)
    });
  }

  get endpoints(): StackEndpoints | null {
    return this.#attachment?.endpoints ?? null;
  }

  setDependencies({ packages, conf }: SessionDependencies): Promise<void> {
    const dependencies = { packages: [...packages], conf: { ...conf } };
    return this.#ledger.update(record => ({ ...record, dependencies }));
  }

  async provisionLocal(onProgress: OnProgress, signal: AbortSignal): Promise<StackEndpoints> {
    const endpoints = await this.stack.ensure(onProgress, signal);
    const sameStack = this.#ledger.record.stackPid === endpoints.pid;
    const { session, streams } = await this.#attach(endpoints);
    await session.ensure(onProgress, signal);
    if (sameStack) await streams.adopt(signal);
    await this.#ledger.update(record => ({
      ...record,
      target: 'local',
      stackPid: endpoints.pid,
      streams: sameStack ? record.streams : []
    }));
    return endpoints;
  }

  reattach(signal: AbortSignal): Promise<boolean> {
    if (this.#attachment !== null) return Promise.resolve(true);
    this.#reattaching ??= this.#findStack(signal).finally(() => (this.#reattaching = null));
    return this.#reattaching;
  }

  async #findStack(signal: AbortSignal): Promise<boolean> {
    const { target, stackPid } = this.#ledger.record;
    if (target !== 'local') return false;
    const { running, endpoints } = await this.stack.status();
    if (!running || endpoints?.pid !== stackPid) return false;
    const { streams } = await this.#attach(await this.stack.ensure(() => undefined, signal));
    await streams.adopt(signal);
    return true;
  }

  async #attach(endpoints: StackEndpoints): Promise<Attachment> {
    const before = this.#attachment;
    if (before?.endpoints.pid === endpoints.pid) return before;
    if (before !== null) await closeAttachment(before);
    const { parts, clock } = this.#options;
    const kafka = await parts.openKafka(endpoints);
    const session = parts.openSession({
      notebook: this.id,
      endpoints,
      dependencies: this.dependencies
    });
    const streams = recordStreams(
      parts.openStreams({ notebook: this.id, endpoints, kafka, session }),
      this.#ledger,
      () => clock.now()
    );
    this.#attachment = { endpoints, kafka, session, streams };
    return this.#attachment;
  }

  async down(
    options: { readonly stack: boolean },
    onProgress: OnProgress,
    signal: AbortSignal
  ): Promise<void> {
    await this.reattach(signal);
    const attachment = this.#attachment;
    this.#attachment = null;
    const { stack, producers, dependencies } = this;
    await this.#ledger.update(record => ({ ...record, target: null, stackPid: null, streams: [] }));
    await tearDown({ attachment, stack, producers, dependencies }, options, onProgress, signal);
  }

  async kafka(): Promise<KafkaPort> {
    return (await this.#require()).kafka;
  }

  async session(): Promise<NotebookSession> {
    return (await this.#require()).session;
  }

  async streams(): Promise<StreamManager> {
    return (await this.#require()).streams;
  }

  async #require(): Promise<Attachment> {
    if (this.#attachment === null) await this.reattach(AbortSignal.timeout(REATTACH_LIMIT_MS));
    if (this.#attachment !== null) return this.#attachment;
    throw new HeadraceError(
      'HR_NOT_PROVISIONED',
      'No Kafka and Spark are attached to this notebook',
      {
        next: 'Run %provision local first.'
      }
    );
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
    const stream = this.#attachment?.streams.get(view.stream);
    return stream === undefined ? null : { view, stream };
  }

  async close(): Promise<void> {
    const attachment = this.#attachment;
    this.#attachment = null;
    this.#ends.abort();
    const closed = this.#closeAll(attachment);
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
