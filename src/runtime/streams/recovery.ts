import { toHeadraceError, type HeadraceError } from '../../shared/errors.ts';
import { isFinal } from '../../shared/stream-status.ts';
import type { Clock } from '../clock.ts';
import { MAX_RESTARTS, RestartLimit } from '../restart-limit.ts';
import type { NotebookSessions, SessionEnd } from '../session-port.ts';
import type { Descriptor } from './messages.ts';
import type { TailedStream } from './tailed-stream.ts';

/** Pause after an attempt that failed, milliseconds. */
const PAUSE_MS = 2_000;

export interface RecoveryOptions {
  readonly stream: TailedStream;
  readonly sessions: NotebookSessions;
  readonly clock: Clock;
  /** Starts the query again from its checkpoint, in the session that the stream names. */
  readonly startAgain: (signal: AbortSignal) => Promise<Descriptor>;
}

/** Looks after the session of one running stream, and starts the stream again in a new one when it dies. */
export class StreamRecovery {
  readonly #options: RecoveryOptions;
  readonly #ending = new AbortController();
  readonly #unwatch: () => void;
  readonly #limit: RestartLimit;
  #running: Promise<void> | null = null;

  constructor(options: RecoveryOptions) {
    const { stream, sessions } = options;
    this.#options = options;
    this.#limit = new RestartLimit(options.clock);
    this.#unwatch = sessions.named(stream.session).watch(end => this.sessionEnded(end));
    void stream.ended.then(() => this.close());
  }

  /** Takes note that the session has ended. */
  sessionEnded({ wanted, error }: SessionEnd): void {
    const { stream } = this.#options;
    if (isFinal(stream.status().state) || this.#ending.signal.aborted) return;
    if (wanted) stream.fail(error.message);
    else this.#running ??= this.#restart(error).finally(() => (this.#running = null));
  }

  /** Ends the watch, and waits until a restart that is under way has been given up. */
  async close(): Promise<void> {
    this.#unwatch();
    this.#ending.abort();
    await this.#running;
  }

  async #restart(death: HeadraceError): Promise<void> {
    const { stream, sessions, clock, startAgain } = this.#options;
    const { signal } = this.#ending;
    let last = death;
    while (this.#limit.take()) {
      stream.restarting(
        `The Spark session died${because(last)}; the stream starts again in a new one.`
      );
      try {
        await sessions.named(stream.session).ensureQuietly(signal);
        stream.restarted(
          await startAgain(signal),
          `Started again after its session died${because(death)}.`
        );
        return;
      } catch (error) {
        last = toHeadraceError(error);
        const rested = await clock.sleep(PAUSE_MS, signal).then(
          () => true,
          () => false
        );
        if (!rested) return;
      }
    }
    stream.fail(`The Spark session died${because(last)}, ${MAX_RESTARTS} times in ten minutes`);
  }
}

function because({ message, why }: HeadraceError): string {
  return ` (${why ?? message})`;
}
