import { closest } from 'fastest-levenshtein';
import { HeadraceError } from '../../shared/errors.ts';
import type { EnvironmentSpec } from '../aws/environment/spec.ts';
import type { Clock } from '../clock.ts';
import type { KafkaPort } from '../kafka/port.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LivyPort } from '../livy/port.ts';
import type { ProducerRegistry } from '../producers/port.ts';
import { diagnose } from '../profile/doctor/diagnose.ts';
import type { CheckSubject, Diagnosis, NetworkProbes } from '../profile/doctor/port.ts';
import { LOCAL_TARGET, type TargetProfile } from '../profile/profile.ts';
import type { AwsServices } from '../aws/services-port.ts';
import type { ProfileStore } from '../profile/store.ts';
import { MAIN_SESSION, type SessionDependencies } from '../session-port.ts';
import type { LocalStack, OnProgress } from '../stack-port.ts';
import { compareWorlds, type Preflight } from './compare.ts';
import type { NotebookLink } from './notebook-link.ts';
import type { NotebookParts } from './parts.ts';
import { endpointsOf, type AttachedEndpoints, type Place } from './place.ts';
import type { LeftBehind, NotebookTargets } from './targets-port.ts';

/** Planned environments that are remembered. */
const MAX_PLANNED = 20;

export interface TargetsOptions {
  readonly ledger: Ledger;
  readonly stack: LocalStack;
  readonly profiles: ProfileStore;
  readonly parts: NotebookParts;
  readonly clock: Clock;
  readonly network: NetworkProbes;
  /** Loaded when a cell first needs AWS. */
  readonly aws?: () => Promise<AwsServices>;
  readonly link: NotebookLink;
  readonly producers: ProducerRegistry;
  readonly dependencies: SessionDependencies;
}

/** The targets of one notebook. */
export function createTargets(options: TargetsOptions): NotebookTargets {
  return new Targets(options);
}

class Targets implements NotebookTargets {
  readonly profiles: ProfileStore;
  readonly #options: TargetsOptions;

  constructor(options: TargetsOptions) {
    this.#options = options;
    this.profiles = options.profiles;
  }

  get current(): string | null {
    return this.#options.ledger.record.target;
  }

  get elsewhere(): readonly LeftBehind[] {
    return Object.entries(this.#options.ledger.record.elsewhere)
      .filter(([target]) => target !== this.current)
      .map(([target, { streams, batches }]) => ({
        target,
        streams: streams.map(({ spec }) => spec.name),
        batches: batches.map(({ id }) => id)
      }))
      .filter(({ streams, batches }) => streams.length + batches.length > 0);
  }

  get planned(): readonly EnvironmentSpec[] {
    return this.#options.ledger.record.planned;
  }

  async compare(target: string, signal: AbortSignal): Promise<Preflight> {
    const { link, parts, ledger, producers } = this.#options;
    const place = await this.#placeOf(target);
    await link.reattach(signal).catch((error: unknown) => {
      // A world that cannot be attached to again can be left all the same.
      if (signal.aborted) throw error;
    });
    const { attachment } = link;
    const { record } = ledger;
    return compareWorlds({ attachment, place, to: target, parts, record, producers }, signal);
  }

  async use(name: string, onProgress: OnProgress, signal: AbortSignal): Promise<AttachedEndpoints> {
    return this.#options.link.use(await this.#require(name), onProgress, signal);
  }

  async diagnose(
    target: string,
    onCheck: (soFar: Diagnosis) => void,
    signal: AbortSignal
  ): Promise<Diagnosis> {
    const place = await this.#placeOf(target);
    if (place === null)
      throw new HeadraceError('HR_NOT_PROVISIONED', 'The local stack does not run', {
        next: 'Run %provision local first.'
      });
    const opened = this.#open(place);
    try {
      const { subject } = opened;
      return await diagnose({ target, subject, clock: this.#options.clock, onCheck }, signal);
    } finally {
      await opened.close();
    }
  }

  aws(): Promise<AwsServices> {
    const { aws } = this.#options;
    return aws === undefined ? Promise.reject(noAws()) : aws();
  }

  rememberPlan(spec: EnvironmentSpec): Promise<void> {
    return this.#options.ledger.update(record => ({
      ...record,
      planned: [...record.planned.filter(({ name }) => name !== spec.name), spec].slice(
        -MAX_PLANNED
      )
    }));
  }

  forgetPlan(name: string): Promise<void> {
    return this.#options.ledger.update(record => ({
      ...record,
      planned: record.planned.filter(each => each.name !== name)
    }));
  }

  /** Null for a local stack that does not run. */
  async #placeOf(target: string): Promise<Place | null> {
    if (target !== LOCAL_TARGET) return { kind: 'profile', profile: await this.#require(target) };
    const { running, endpoints } = await this.#options.stack.status();
    return running && endpoints !== null ? { kind: 'local', endpoints } : null;
  }

  async #require(name: string): Promise<TargetProfile> {
    const profile = await this.profiles.read(name);
    if (profile !== null) return profile;
    const known = [LOCAL_TARGET, ...(await this.profiles.list())];
    throw new HeadraceError('HR_USAGE', `There is no profile ${name}`, {
      next:
        known.length === 1
          ? `Write it with %provision attach --as ${name}.`
          : `Did you mean ${closest(name, known)}? Known: ${known.join(', ')}.`
    });
  }

  /** Parts of their own, each made when a check first needs it. */
  #open(place: Place): { readonly subject: CheckSubject; readonly close: () => Promise<void> } {
    const { parts, network, dependencies, ledger } = this.#options;
    const { brokers, livyUrl } = endpointsOf(place);
    const notebook = ledger.record.notebook;
    let kafka: Promise<KafkaPort> | null = null;
    let client: LivyPort | null = null;
    const livy = (): LivyPort => (client ??= parts.openLivy(place));
    const subject: CheckSubject = {
      profile: place.kind === 'profile' ? place.profile : null,
      brokers,
      livyUrl,
      network,
      aws: async () => (await this.aws()).probes,
      kafka: () => (kafka ??= parts.openKafka({ place, notebook, livy: livy(), dependencies })),
      livy,
      session: () =>
        parts.openSessions({ notebook, livy: livy(), dependencies }).named(MAIN_SESSION)
    };
    const close = async (): Promise<void> => {
      if (kafka !== null) await (await kafka).close().catch(() => undefined);
    };
    return { subject, close };
  }
}

function noAws(): HeadraceError {
  return new HeadraceError('HR_USAGE', 'This kernel has nothing of AWS built in', {
    next: 'Name the brokers and the Livy URL with %provision attach.'
  });
}
