import { HeadraceError } from '../../shared/errors.ts';
import { isFinal } from '../../shared/stream-status.ts';
import type { Clock } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { arriveAt, leftOn, wasOn } from '../ledger/worlds.ts';
import { LOCAL_TARGET, type TargetProfile } from '../profile/profile.ts';
import type { ProfileStore } from '../profile/store.ts';
import type { SessionDependencies } from '../session-port.ts';
import type { LocalStack, OnProgress } from '../stack-port.ts';
import type { StreamManager } from '../streams/port.ts';
import { closeAttachment, type Attachment, type NotebookParts } from './parts.ts';
import {
  endpointsOf,
  isThroughSpark,
  sameConnections,
  type AttachedEndpoints,
  type Place
} from './place.ts';
import { recordBatches } from './recorded-batches.ts';
import { recordStreams } from './recorded-streams.ts';

/** A cell that only looks whether there is something to attach to waits this long, milliseconds. */
const REATTACH_LIMIT_MS = 30_000;
/** Where streams are found through Spark, a session has to start first, milliseconds. */
const REATTACH_AWAY_LIMIT_MS = 5 * 60_000;
/** A stack that was seen alive is taken to live on for this long, so that quick cells stay quick, milliseconds. */
const TRUST_MS = 2_000;

export interface NotebookLinkOptions {
  readonly ledger: Ledger;
  readonly stack: LocalStack;
  readonly profiles: ProfileStore;
  readonly parts: NotebookParts;
  readonly clock: Clock;
  readonly dependencies: SessionDependencies;
}

/**
 * The tie between a notebook and the place that it is attached to: the stack of this machine, which may be
 * replaced underneath, or what a profile names.
 */
export class NotebookLink {
  readonly #options: NotebookLinkOptions;
  #attachment: Attachment | null = null;
  #reattaching: Promise<boolean> | null = null;
  #seenAt = 0;
  /** Whether the streams of an earlier kernel were looked for; an attempt that failed is made again. */
  #adopted = false;

  constructor(options: NotebookLinkOptions) {
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

  /** Starts the local stack where needed, attaches, and makes sure that Spark answers. */
  async provision(onProgress: OnProgress, signal: AbortSignal): Promise<AttachedEndpoints> {
    const { stack } = this.#options;
    const place: Place = { kind: 'local', endpoints: await stack.ensure(onProgress, signal) };
    const { sessions, streams } = await this.#attach(place);
    await sessions.current.ensure(onProgress, signal);
    if (this.#wasOn(place)) await streams.adopt(signal);
    this.#adopted = true;
    return this.#arrive(place);
  }

  /** Attaches to what a profile names, and adopts the streams that this notebook left there; starts no session. */
  async use(
    profile: TargetProfile,
    onProgress: OnProgress,
    signal: AbortSignal
  ): Promise<AttachedEndpoints> {
    const place: Place = { kind: 'profile', profile };
    const holdsLease = this.#attachment?.place.kind === 'local' && !runsStreams(this.#attachment);
    const { streams } = await this.#attach(place);
    if (holdsLease) await this.#options.stack.release();
    if (this.#wasOn(place) && this.#mayHaveStreams(place))
      await adoptWherePossible(streams, onProgress, signal);
    this.#adopted = true;
    return this.#arrive(place);
  }

  /** Attaches to the target on record where it lives, or was killed and can be replaced; starts no other. */
  reattach(signal: AbortSignal): Promise<boolean> {
    if (this.#attachment !== null && this.#adopted) return Promise.resolve(true);
    return this.#find(signal);
  }

  /** @throws HR_NOT_PROVISIONED where there is nothing to attach to */
  async require(): Promise<Attachment> {
    const trusted = this.#options.clock.now() - this.#seenAt < TRUST_MS;
    if (this.#attachment === null || !trusted) await this.#find(this.#limit());
    if (this.#attachment !== null) return this.#attachment;
    throw notProvisioned(this.#options.ledger.record.target);
  }

  #find(signal: AbortSignal): Promise<boolean> {
    this.#reattaching ??= this.#findTarget(signal).finally(() => (this.#reattaching = null));
    return this.#reattaching;
  }

  async #findTarget(signal: AbortSignal): Promise<boolean> {
    const { target } = this.#options.ledger.record;
    if (target === null) return this.#attachment !== null;
    return target === LOCAL_TARGET ? this.#findStack(signal) : this.#findProfile(target, signal);
  }

  async #findStack(signal: AbortSignal): Promise<boolean> {
    const { stack, ledger } = this.#options;
    const { running, endpoints } = await stack.status();
    if (endpoints === null || endpoints.id !== ledger.record.stackId) return this.#forget();
    const before = this.#attachment?.place;
    const known = before !== undefined && sameConnections(before, { kind: 'local', endpoints });
    if (!running || !known) {
      const replaced = await stack.ensure(() => undefined, signal);
      await this.#attach({ kind: 'local', endpoints: replaced });
    }
    if (!this.#adopted) await this.#attachment?.streams.adopt(signal);
    this.#adopted = true;
    this.#seenAt = this.#options.clock.now();
    return true;
  }

  /** A profile lives as long as its file: whether somebody answers there is told by the next call. */
  async #findProfile(name: string, signal: AbortSignal): Promise<boolean> {
    if (this.#attachment?.endpoints.target === name) return true;
    const profile = await this.#options.profiles.read(name);
    if (profile === null) return this.#forget();
    const place: Place = { kind: 'profile', profile };
    const { streams } = await this.#attach(place);
    if (this.#mayHaveStreams(place)) await adoptWherePossible(streams, () => undefined, signal);
    this.#adopted = true;
    return true;
  }

  /** The stack was ended on purpose, and what it held with it. */
  async #forget(): Promise<false> {
    const attachment = this.release();
    if (attachment !== null) await closeAttachment(attachment);
    return false;
  }

  #wasOn(place: Place): boolean {
    const { target, id } = endpointsOf(place);
    return wasOn(this.#options.ledger.record, target, id);
  }

  #limit(): AbortSignal {
    const away = this.#options.ledger.record.target !== LOCAL_TARGET;
    return AbortSignal.timeout(away ? REATTACH_AWAY_LIMIT_MS : REATTACH_LIMIT_MS);
  }

  /** A look for streams that nobody left would start the session that brokers are reached through. */
  #mayHaveStreams(place: Place): boolean {
    const { target } = endpointsOf(place);
    const left = leftOn(this.#options.ledger.record, target);
    return !isThroughSpark(place) || (left !== undefined && left.streams.length > 0);
  }

  async #arrive(place: Place): Promise<AttachedEndpoints> {
    const endpoints = endpointsOf(place);
    await this.#options.ledger.update(record => arriveAt(record, endpoints.target, endpoints.id));
    return endpoints;
  }

  async #attach(place: Place): Promise<Attachment> {
    const before = this.#attachment;
    if (before !== null && sameConnections(before.place, place))
      return (this.#attachment = { ...before, place, endpoints: endpointsOf(place) });
    const opened = await this.#open(place);
    this.#attachment = opened;
    this.#adopted = false;
    if (before !== null) await closeAttachment(before);
    return opened;
  }

  async #open(place: Place): Promise<Attachment> {
    const { parts, clock, ledger, dependencies } = this.#options;
    const notebook = ledger.record.notebook;
    const now = (): number => clock.now();
    const livy = parts.openLivy(place);
    const kafka = await parts.openKafka({ place, notebook, livy, dependencies });
    const sessions = parts.openSessions({ notebook, livy, dependencies });
    const streams = parts.openStreams({ notebook, place, kafka, livy, sessions });
    return {
      place,
      endpoints: endpointsOf(place),
      kafka,
      livy,
      sessions,
      streams: recordStreams(streams, ledger, now),
      batches: recordBatches(sessions.batches, ledger, now)
    };
  }
}

function runsStreams({ streams }: Attachment): boolean {
  return streams.list().some(stream => !isFinal(stream.status().state));
}

/** Brokers in a private network cannot be asked from outside, although Spark works there. */
async function adoptWherePossible(
  streams: StreamManager,
  onProgress: OnProgress,
  signal: AbortSignal
): Promise<void> {
  try {
    await streams.adopt(signal);
  } catch (error) {
    if (!(error instanceof HeadraceError) || error.code === 'HR_INTERRUPTED') throw error;
    const label = `Streams that run there were not looked for: ${error.message}`;
    onProgress({ label, fraction: null, notice: true });
  }
}

function notProvisioned(target: string | null): HeadraceError {
  const gone = target !== null && target !== LOCAL_TARGET;
  return new HeadraceError(
    'HR_NOT_PROVISIONED',
    'No Kafka and Spark are attached to this notebook',
    gone
      ? {
          why: `its profile ${target} is gone`,
          next: `Write it again with %provision attach --as ${target}, or run %provision local.`
        }
      : { next: 'Run %provision local first.' }
  );
}
