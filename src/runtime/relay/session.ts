import type { PollRhythm, RunOptions } from '../livy/port.ts';
import { callPython, literal, type BringModule } from '../session/python-call.ts';
import { createNotebookSession, type NotebookSessionOptions } from '../session/notebook-session.ts';
import { RELAY_SESSION, type NotebookSession, type SessionDependencies } from '../session-port.ts';
import { readAnswer } from '../session/python-answer.ts';
import { turnAnswerSchema, type TurnAnswer, type TurnRequest } from './messages.ts';
import type { TurnRunner } from './turns.ts';

/** One driver, the smallest that EMR Serverless has, and no executor: nothing that it does is a job of Spark. */
const SMALL: Readonly<Record<string, string>> = {
  'spark.driver.cores': '1',
  'spark.driver.memory': '1536m',
  'spark.executor.instances': '0',
  'spark.dynamicAllocation.enabled': 'true',
  'spark.dynamicAllocation.shuffleTracking.enabled': 'true',
  'spark.dynamicAllocation.initialExecutors': '0',
  'spark.dynamicAllocation.minExecutors': '0',
  'spark.dynamicAllocation.maxExecutors': '1'
};
/** The endpoint ends a session that nobody asks for this long; the next request starts another. */
const IDLE_SECONDS = 900;
/** A session that answered is taken to live on for this long, milliseconds. */
const TRUST_MS = 30_000;
/** Looks for the end of a turn, which is as late as the next look: a second is the least that one lasts. */
const RHYTHM: PollRhythm = { firstMs: 100, growth: 1.3, limitMs: 400 };

export interface RelaySessionOptions extends Pick<
  NotebookSessionOptions,
  'livy' | 'notebook' | 'clock' | 'resolvePackages'
> {
  /** Those of the other sessions: the connector may be among their packages. */
  readonly dependencies: SessionDependencies;
  readonly brokers: readonly string[];
  /** Options of Spark's Kafka source, by which its clients log in. */
  readonly kafkaOptions: Readonly<Record<string, string>>;
  readonly bring: BringModule;
}

/** The Spark session that turns run in; see docs/adr/0019-kafka-through-spark.md. */
export class RelaySession implements TurnRunner {
  readonly #options: RelaySessionOptions;
  readonly #session: NotebookSession;
  #answeredAt = -Infinity;
  #begun = false;

  constructor(options: RelaySessionOptions) {
    this.#options = options;
    this.#session = createNotebookSession({
      ...options,
      name: RELAY_SESSION,
      dependencies: relayDependencies(options.dependencies)
    });
  }

  async ready(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const trusted = clock.now() - this.#answeredAt < TRUST_MS;
    if (this.#session.current !== null && trusted) return;
    this.#begun = true;
    await this.#session.ensureQuietly(signal);
  }

  async run(turn: TurnRequest, signal: AbortSignal): Promise<TurnAnswer> {
    const { brokers, kafkaOptions, bring, clock } = this.#options;
    const kafka = { brokers: brokers.join(','), options: kafkaOptions };
    const request = JSON.stringify({ kafka, ...turn });
    const output = await callPython({
      session: this.#session,
      imports: 'from headrace import relay as headrace_relay',
      call: `headrace_relay.turn(${literal(request)})`,
      options: await this.#runOptions(signal),
      bring
    });
    this.#answeredAt = clock.now();
    return readAnswer(output, turnAnswerSchema, {
      message: 'The way to Kafka through Spark failed',
      next: 'Run %session delete relay, then the cell again.'
    });
  }

  /** Ends the session, where this kernel has used one. */
  async end(signal: AbortSignal): Promise<void> {
    if (!this.#begun) return;
    this.#begun = false;
    await this.#session.reset(relayDependencies(this.#options.dependencies), signal);
  }

  async #runOptions(signal: AbortSignal): Promise<RunOptions> {
    const { pollMs } = await this.#options.livy.capabilities(signal);
    return pollMs.limitMs > RHYTHM.limitMs ? { signal, rhythm: RHYTHM } : { signal };
  }
}

/** What the relay's session starts with: packages and jars as the others, and a size of its own. */
export function relayDependencies({
  packages,
  conf,
  resources
}: SessionDependencies): SessionDependencies {
  const jars = resources?.jars;
  return {
    packages,
    conf: { ...conf, ...SMALL },
    resources: {
      heartbeatTimeoutInSecond: IDLE_SECONDS,
      ...(jars === undefined ? {} : { jars })
    }
  };
}
