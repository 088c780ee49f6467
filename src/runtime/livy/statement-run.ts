import { HeadraceError, interrupted } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import { isSuccess, parseReply, refused, type LivyHttp } from './http.ts';
import type { Statement, StatementKind, StatementOutput } from './port.ts';
import { Backoff } from './polling.ts';
import { sessionSchema, statementSchema } from './replies.ts';

/** Longest wait between two looks at a statement, milliseconds. */
const POLL_LIMIT_MS = 200;
/** How long a cancelled statement may take to end before the wait for it is given up, milliseconds. */
const CANCEL_LIMIT_MS = 40_000;
/** States that a session does not leave. */
const FINAL_SESSION_STATES: readonly string[] = [
  'dead',
  'error',
  'killed',
  'success',
  'shutting_down'
];

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Called when the progress has grown: Spark's own figure may go back. */
  readonly onProgress?: (progress: number) => void;
}

/** One statement of one session, from the POST to its end. */
export class StatementRun {
  readonly #http: LivyHttp;
  readonly #clock: Clock;
  readonly #path: string;
  readonly #session: number;

  constructor(http: LivyHttp, clock: Clock, session: number) {
    this.#http = http;
    this.#clock = clock;
    this.#session = session;
    this.#path = `/sessions/${session}/statements`;
  }

  /** Sends the code once and waits for its output; an abort cancels it and waits until it has ended. */
  async run(code: string, kind: StatementKind, options: RunOptions): Promise<StatementOutput> {
    if (isAborted(options.signal)) throw interrupted('the statement was not sent');
    const posted = await this.#post(code, kind);
    const last = await this.#untilEnd(posted, options);
    if (last.state === 'cancelled' || isAborted(options.signal))
      throw interrupted('the statement was cancelled in Spark');
    if (last.output !== null) return last.output;
    throw new HeadraceError('HR_LIVY_REFUSED', `Statement ${last.id} ended without an output`);
  }

  /** Without the signal: a POST that is broken off may have been taken, and could not be cancelled then. */
  async #post(code: string, kind: StatementKind): Promise<Statement> {
    const reply = await this.#http.send('POST', this.#path, { code, kind }, undefined);
    if (!isSuccess(reply)) throw await this.#explained(refused('POST', this.#path, reply));
    return parseReply(statementSchema, reply, `POST ${this.#path}`);
  }

  async #untilEnd(posted: Statement, options: RunOptions): Promise<Statement> {
    const backoff = new Backoff(POLL_LIMIT_MS);
    let statement = posted;
    let progress = 0;
    let cancelledAt: number | null = null;
    while (!isFinal(statement)) {
      if (options.signal.aborted && cancelledAt === null) {
        cancelledAt = this.#clock.now();
        await this.#cancel(posted.id);
      }
      if (cancelledAt !== null && this.#clock.now() - cancelledAt > CANCEL_LIMIT_MS)
        throw notEnding(posted.id);
      await this.#wait(backoff.next(), cancelledAt === null ? options.signal : undefined);
      statement = await this.#look(posted.id);
      if (statement.progress > progress) options.onProgress?.((progress = statement.progress));
    }
    return statement;
  }

  /** Ends early when the signal is aborted, without an error: the loop looks at the signal itself. */
  async #wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
    await this.#clock.sleep(ms, signal).catch((error: unknown) => {
      if (signal?.aborted !== true) throw error;
    });
  }

  async #look(id: number): Promise<Statement> {
    const path = `${this.#path}/${id}`;
    const reply = await this.#http.send('GET', path, undefined, undefined);
    if (!isSuccess(reply)) throw await this.#explained(refused('GET', path, reply));
    return parseReply(statementSchema, reply, `GET ${path}`);
  }

  async #cancel(id: number): Promise<void> {
    const path = `${this.#path}/${id}/cancel`;
    const reply = await this.#http.send('POST', path, undefined, undefined);
    if (!isSuccess(reply) && reply.status !== 404) throw refused('POST', path, reply);
  }

  /** A refusal because the session has died says so, as the endpoint's own words do not. */
  async #explained(refusal: HeadraceError): Promise<HeadraceError> {
    const reply = await this.#http.send('GET', `/sessions/${this.#session}`, undefined, undefined);
    const gone = reply.status === 404;
    const state = gone ? 'gone' : sessionSchema.safeParse(safeJson(reply.body)).data?.state;
    if (state === undefined || !(gone || FINAL_SESSION_STATES.includes(state))) return refusal;
    return new HeadraceError('HR_SESSION_DEAD', `The Spark session is ${state}`, {
      cause: refusal
    });
  }
}

const isFinal = ({ state }: Statement): boolean =>
  state === 'available' || state === 'cancelled' || state === 'error';

// As a call, since the compiler takes the property to keep the value that was once seen.
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

function notEnding(id: number): HeadraceError {
  return new HeadraceError('HR_TIMEOUT', `Statement ${id} does not end after it was cancelled`, {
    why: 'it runs code that cannot be interrupted',
    next: 'Restart the session with %interpreter reset.'
  });
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
