import { HeadraceError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { SessionDependencies } from '../session-port.ts';
import type { LocalStack, OnProgress, StackEndpoints } from '../stack-port.ts';
import { closeAttachment, type Attachment, type NotebookParts } from './parts.ts';
import { recordBatches } from './recorded-batches.ts';
import { recordStreams } from './recorded-streams.ts';

/** A cell that only looks whether there is something to attach to waits this long, milliseconds. */
const REATTACH_LIMIT_MS = 30_000;
/** A stack that was seen alive is taken to live on for this long, so that quick cells stay quick, milliseconds. */
const TRUST_MS = 2_000;

export interface StackLinkOptions {
  readonly ledger: Ledger;
  readonly stack: LocalStack;
  readonly parts: NotebookParts;
  readonly clock: Clock;
  readonly dependencies: SessionDependencies;
}

/** The tie between a notebook and the stack of this machine, which may be replaced underneath. */
export class StackLink {
  readonly #options: StackLinkOptions;
  #attachment: Attachment | null = null;
  #reattaching: Promise<boolean> | null = null;
  #seenAt = 0;
  /** Whether the streams of an earlier kernel were looked for; an attempt that failed is made again. */
  #adopted = false;

  constructor(options: StackLinkOptions) {
    this.#options = options;
  }

  get attachment(): Attachment | null {
    return this.#attachment;
  }

  /** The parts, or null; they are the caller's to close from now on. */
  release(): Attachment | null {
    const attachment = this.#attachment;
    this.#attachment = null;
    return attachment;
  }

  /** Starts the stack where needed, attaches, and makes sure that Spark answers. */
  async provision(onProgress: OnProgress, signal: AbortSignal): Promise<StackEndpoints> {
    const { stack, ledger } = this.#options;
    const endpoints = await stack.ensure(onProgress, signal);
    const known = ledger.record.stackId === endpoints.id;
    const { sessions, streams } = await this.#attach(endpoints);
    await sessions.current.ensure(onProgress, signal);
    if (known) await streams.adopt(signal);
    this.#adopted = true;
    await ledger.update(record => ({
      ...record,
      target: 'local',
      stackId: endpoints.id,
      streams: known ? record.streams : [],
      batches: known ? record.batches : []
    }));
    return endpoints;
  }

  /** Attaches to the stack on record where it lives, or was killed and can be replaced; starts no other. */
  reattach(signal: AbortSignal): Promise<boolean> {
    if (this.#attachment !== null && this.#adopted) return Promise.resolve(true);
    return this.#find(signal);
  }

  /** @throws HR_NOT_PROVISIONED where there is nothing to attach to */
  async require(): Promise<Attachment> {
    const trusted = this.#options.clock.now() - this.#seenAt < TRUST_MS;
    if (this.#attachment === null || !trusted)
      await this.#find(AbortSignal.timeout(REATTACH_LIMIT_MS));
    if (this.#attachment !== null) return this.#attachment;
    throw new HeadraceError(
      'HR_NOT_PROVISIONED',
      'No Kafka and Spark are attached to this notebook',
      { next: 'Run %provision local first.' }
    );
  }

  #find(signal: AbortSignal): Promise<boolean> {
    this.#reattaching ??= this.#findStack(signal).finally(() => (this.#reattaching = null));
    return this.#reattaching;
  }

  async #findStack(signal: AbortSignal): Promise<boolean> {
    const { stack, ledger } = this.#options;
    const { target, stackId } = ledger.record;
    if (target !== 'local') return this.#attachment !== null;
    const { running, endpoints } = await stack.status();
    if (endpoints === null || endpoints.id !== stackId) return this.#forget();
    const before = this.#attachment?.endpoints;
    if (!running || before === undefined || !sameConnections(before, endpoints))
      await this.#attach(await stack.ensure(() => undefined, signal));
    if (!this.#adopted) await this.#attachment?.streams.adopt(signal);
    this.#adopted = true;
    this.#seenAt = this.#options.clock.now();
    return true;
  }

  /** The stack was ended on purpose, and what it held with it. */
  async #forget(): Promise<false> {
    const attachment = this.release();
    if (attachment !== null) await closeAttachment(attachment);
    return false;
  }

  async #attach(endpoints: StackEndpoints): Promise<Attachment> {
    const before = this.#attachment;
    if (before !== null && sameConnections(before.endpoints, endpoints))
      return (this.#attachment = { ...before, endpoints });
    if (before !== null) await closeAttachment(before);
    this.#adopted = false;
    return (this.#attachment = await this.#open(endpoints));
  }

  async #open(endpoints: StackEndpoints): Promise<Attachment> {
    const { parts, clock, ledger, dependencies } = this.#options;
    const notebook = ledger.record.notebook;
    const now = (): number => clock.now();
    const kafka = await parts.openKafka(endpoints);
    const sessions = parts.openSessions({ notebook, endpoints, dependencies });
    const streams = parts.openStreams({ notebook, endpoints, kafka, sessions });
    return {
      endpoints,
      kafka,
      sessions,
      streams: recordStreams(streams, ledger, now),
      batches: recordBatches(sessions.batches, ledger, now)
    };
  }
}

/** Whether connections to the one serve the other: the Livy client finds a new address of a stack by itself. */
function sameConnections(one: StackEndpoints, other: StackEndpoints): boolean {
  return one.id === other.id && one.brokers.join() === other.brokers.join();
}
