import { HeadraceError, toHeadraceError } from '../../shared/errors.ts';
import { RestartLimit } from '../../runtime/restart-limit.ts';
import { adoptBroker } from '../broker/adopt-broker.ts';
import type { Broker, BrokerOptions } from '../broker/broker.ts';
import { startBroker } from '../broker/start-broker.ts';
import { endLeftovers, isBroker } from './leftovers.ts';

export interface KeeperOptions extends BrokerOptions {
  /** One line for the daemon's own log. */
  readonly log: (line: string) => void;
  /** Gives a running broker; {@link adoptOrStart} in production. */
  readonly open: (options: BrokerOptions) => Promise<Broker>;
}

/** Keeps one broker running on one address. */
export class BrokerKeeper {
  readonly address: string;
  /** Resolves with the reason when the broker is gone for good, asked for or not. */
  readonly gone: Promise<HeadraceError>;
  readonly #options: KeeperOptions;
  readonly #ending = new AbortController();
  #broker: Broker;
  readonly #limit: RestartLimit;
  #running = true;

  private constructor(broker: Broker, options: KeeperOptions) {
    this.address = broker.address;
    this.#broker = broker;
    this.#options = options;
    this.#limit = new RestartLimit(options.clock);
    this.gone = this.#keep();
  }

  /** Rejects with what `open` rejects with. */
  static async open(options: KeeperOptions): Promise<BrokerKeeper> {
    return new BrokerKeeper(await options.open(options), options);
  }

  get state(): 'running' | 'starting again' {
    return this.#running ? 'running' : 'starting again';
  }

  /** Ends the broker, and a restart that is under way; the topics stay on disk. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#broker.stop();
    await this.gone;
  }

  async #keep(): Promise<HeadraceError> {
    for (;;) {
      const reason = await this.#broker.ended;
      if (this.#ending.signal.aborted) return reason;
      this.#running = false;
      if (!this.#limit.take()) return tooOften(reason);
      this.#options.log(`${reason.message} (${reason.why ?? 'no reason given'}): it starts again`);
      try {
        this.#broker = await this.#restart();
      } catch (error) {
        return toHeadraceError(error);
      }
      this.#running = true;
    }
  }

  /** Queries and notebooks know the address, so that a broker on another one is of no use. */
  async #restart(): Promise<Broker> {
    const { open, signal, ...rest } = this.#options;
    const ending = AbortSignal.any([signal, this.#ending.signal]);
    const broker = await open({ ...rest, signal: ending });
    if (broker.address === this.address && !ending.aborted) return broker;
    await broker.stop();
    ending.throwIfAborted();
    throw new HeadraceError('HR_PORT', `Kafka cannot start again on ${this.address}`, {
      why: 'another program took its port',
      next: 'Run %provision local again.'
    });
  }
}

/** Adopts the broker that a killed daemon has left, else ends what is left of one and starts it on its data. */
export async function adoptOrStart(options: BrokerOptions): Promise<Broker> {
  const adopted = await adoptBroker(options);
  if (adopted !== null) return adopted;
  await endLeftovers(options.paths, options.clock, isBroker);
  return startBroker(options);
}

function tooOften({ code, message, why, next, traceback }: HeadraceError): HeadraceError {
  return new HeadraceError(code, 'Kafka ended again and again', {
    why: why ?? message,
    next: next ?? 'Run %provision local again.',
    traceback
  });
}
