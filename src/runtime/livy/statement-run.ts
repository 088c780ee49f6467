import { HeadraceError, interrupted } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import { isSuccess, isUnreachable, refused, type HttpReply } from './failures.ts';
import { jsonOrUndefined, parseReply, type LivyHttp } from './http.ts';
import { Backoff } from './polling.ts';
import type {
  LivyCapabilities,
  LivySession,
  RunOptions,
  Statement,
  StatementKind,
  StatementOutput
} from './port.ts';
import { sessionSchema, statementSchema } from './replies.ts';
import { isEnded } from './session-state.ts';
import type { StatementPost } from './statement-post.ts';

/** How long a cancelled statement may take to end: Livy tries for 30 s, milliseconds. */
const CANCEL_LIMIT_MS = 40_000;
/** How long the endpoint may be away while a statement runs, beyond the retries of each look, milliseconds. */
const OUTAGE_LIMIT_MS = 60_000;

export interface CapableRunOptions extends RunOptions {
  readonly capabilities: LivyCapabilities;
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
  async run(
    post: StatementPost,
    code: string,
    kind: StatementKind,
    options: CapableRunOptions
  ): Promise<StatementOutput> {
    if (isAborted(options.signal)) throw interrupted('the statement was not sent');
    const posted = await post.send(code, kind);
    if ('status' in posted) throw await this.#explained(refused('POST', this.#path, posted));
    const last = await this.#untilEnd(posted, options);
    if (last.state === 'cancelled' || isAborted(options.signal)) throw await this.#cancelled();
    if (last.output !== null) return last.output;
    throw new HeadraceError('HR_LIVY_REFUSED', `Statement ${last.id} ended without an output`);
  }

  async #untilEnd(posted: Statement, options: CapableRunOptions): Promise<Statement> {
    const { signal, capabilities, rhythm = capabilities.pollMs } = options;
    const backoff = new Backoff(rhythm);
    let statement = posted;
    let progress = 0;
    let seenAt = this.#clock.now();
    let cancelledAt: number | null = null;
    while (!isFinal(statement)) {
      if (signal.aborted && cancelledAt === null) {
        cancelledAt = this.#clock.now();
        await this.#cancel(posted.id);
      }
      if (cancelledAt !== null && this.#clock.now() - cancelledAt > CANCEL_LIMIT_MS)
        throw notEnding(posted.id);
      const untilCancel = cancelledAt === null ? signal : undefined;
      await endsEarly(this.#clock.sleep(backoff.next(), untilCancel), untilCancel);
      const seen = await this.#lookThroughOutage(posted.id, options, untilCancel, seenAt);
      if (seen === null) continue;
      statement = seen;
      seenAt = this.#clock.now();
      if (statement.progress > progress) options.onProgress?.((progress = statement.progress));
    }
    return statement;
  }

  /** The statement, or null when no look succeeded and another should be tried. */
  async #lookThroughOutage(
    id: number,
    { capabilities }: CapableRunOptions,
    signal: AbortSignal | undefined,
    seenAt: number
  ): Promise<Statement | null> {
    try {
      return await endsEarly(this.#look(id, capabilities, signal), signal);
    } catch (error) {
      const away = this.#clock.now() - seenAt;
      if (isUnreachable(error) && away < OUTAGE_LIMIT_MS) return null;
      throw error;
    }
  }

  async #look(
    id: number,
    capabilities: LivyCapabilities,
    signal: AbortSignal | undefined
  ): Promise<Statement> {
    const path = `${this.#path}/${id}`;
    const reply = await this.#http.send({ method: 'GET', path, signal });
    if (isSuccess(reply)) return parseReply(statementSchema, reply, `GET ${path}`);
    const refusal = await this.#explained(refused('GET', path, reply));
    throw reply.status === 404 && refusal.code !== 'HR_SESSION_DEAD'
      ? evicted(id, capabilities, refusal)
      : refusal;
  }

  async #cancel(id: number): Promise<void> {
    const path = `${this.#path}/${id}/cancel`;
    const reply = await this.#http.send({ method: 'POST', path, repeatable: true });
    if (!isSuccess(reply) && reply.status !== 404) throw refused('POST', path, reply);
  }

  /** Livy calls a statement cancelled although code that it cannot interrupt goes on in the session. */
  async #cancelled(): Promise<HeadraceError> {
    const session = readSession(await this.#getSession().catch(() => null));
    if (session?.state !== 'busy') return interrupted('the statement was cancelled in Spark');
    return new HeadraceError(
      'HR_INTERRUPTED',
      'Interrupted: the statement was cancelled in Spark',
      {
        why: 'the session is still busy, and the next cell waits for it',
        next: 'If that does not end, run %interpreter reset.'
      }
    );
  }

  /** A refusal because the session has died says so, as the endpoint's own words do not. */
  async #explained(refusal: HeadraceError): Promise<HeadraceError> {
    const reply = await this.#getSession().catch(() => null);
    const state = reply?.status === 404 ? 'gone' : readSession(reply)?.state;
    if (state === undefined || !(state === 'gone' || isEnded(state))) return refusal;
    return new HeadraceError('HR_SESSION_DEAD', `The Spark session is ${state}`, {
      cause: refusal
    });
  }

  #getSession(): Promise<HttpReply> {
    return this.#http.send({ method: 'GET', path: `/sessions/${this.#session}` });
  }
}

const isFinal = ({ state }: Statement): boolean =>
  state === 'available' || state === 'cancelled' || state === 'error';

// As a call, since the compiler takes the property to keep the value that was once seen.
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

/** Null when the signal ended the wait, without an error: the loop looks at the signal itself. */
async function endsEarly<T>(wait: Promise<T>, signal: AbortSignal | undefined): Promise<T | null> {
  try {
    return await wait;
  } catch (error) {
    if (signal?.aborted === true) return null;
    throw error;
  }
}

function readSession(reply: HttpReply | null): LivySession | null {
  if (reply === null || !isSuccess(reply)) return null;
  return sessionSchema.safeParse(jsonOrUndefined(reply.body)).data ?? null;
}

function notEnding(id: number): HeadraceError {
  return new HeadraceError('HR_TIMEOUT', `Statement ${id} does not end after it was cancelled`, {
    why: 'it runs code that cannot be interrupted',
    next: 'Restart the session with %interpreter reset.'
  });
}

function evicted(
  id: number,
  { retainedStatements }: LivyCapabilities,
  cause: HeadraceError
): HeadraceError {
  return new HeadraceError('HR_LIVY_REFUSED', `The output of statement ${id} is lost`, {
    why: `Livy keeps the last ${retainedStatements} statements of a session, and newer ones took its place`,
    next: 'The code has run or still runs; look at what it did before you run it again.',
    cause
  });
}
