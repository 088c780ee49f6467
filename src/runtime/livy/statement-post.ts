import { HeadraceError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import { isPassing, isSuccess, isUnreachable, neverSent, type HttpReply } from './failures.ts';
import { jsonOrUndefined, parseReply, type LivyHttp } from './http.ts';
import { Backoff } from './polling.ts';
import type { Statement, StatementKind } from './port.ts';
import { statementListSchema, statementSchema } from './replies.ts';

/** How often a statement whose POST got no answer is looked for. */
const LOOKS = 5;
const RHYTHM = { firstMs: 100, growth: 2, limitMs: 2_000 };

/**
 * Hands statements of one session over, each at most once. A POST that got no answer may have been taken:
 * the session's list of statements tells, by the code and by ids that are newer than all known before.
 */
export class StatementPost {
  readonly #http: LivyHttp;
  readonly #clock: Clock;
  readonly #path: string;
  /** Ids that belong to somebody already, all below `#known` among them. */
  readonly #taken = new Set<number>();
  #known: number | null;

  /** `known` is the newest id of the session, -1 for a new session, null where it has to be asked. */
  constructor(http: LivyHttp, clock: Clock, session: number, known: number | null) {
    this.#http = http;
    this.#clock = clock;
    this.#path = `/sessions/${session}/statements`;
    this.#known = known;
  }

  /**
   * The statement as it was taken, or the endpoint's refusal. Without the signal of the cell: a POST that is
   * broken off may have been taken, and could not be cancelled.
   */
  async send(code: string, kind: StatementKind): Promise<Statement | HttpReply> {
    const before = await this.#newest();
    const body = { code, kind };
    const outcome = await this.#http
      .send({ method: 'POST', path: this.#path, body })
      .catch((error: unknown) => (isUncertain(error) ? error : Promise.reject(error as Error)));
    if (!(outcome instanceof HeadraceError) && isSuccess(outcome))
      return this.#take(parseReply(statementSchema, outcome, `POST ${this.#path}`));
    if (!(outcome instanceof HeadraceError) && !isPassing(outcome)) return outcome;
    const found = await this.#lookFor(code, before);
    if (found !== null) return this.#take(found);
    if (outcome instanceof HeadraceError) throw notKnown(outcome);
    return outcome;
  }

  /** The newest id, or infinity where the endpoint does not tell: then nothing can be looked for later. */
  async #newest(): Promise<number> {
    if (this.#known !== null) return this.#known;
    const path = `${this.#path}?from=0&size=1&order=desc`;
    const reply = await this.#http.send({ method: 'GET', path });
    const list = statementListSchema.safeParse(jsonOrUndefined(reply.body)).data;
    if (!isSuccess(reply) || list === undefined) return Infinity;
    // Old releases know no order, and give the first one; ids begin with 0.
    const ids = list.statements.map(({ id }) => id);
    return (this.#known = Math.max(list.total_statements - 1, ...ids));
  }

  async #lookFor(code: string, before: number): Promise<Statement | null> {
    const backoff = new Backoff(RHYTHM);
    for (let look = 0; look < LOOKS; look++) {
      await this.#clock.sleep(backoff.next());
      const reply = await this.#http.send({ method: 'GET', path: this.#path });
      if (!isSuccess(reply)) return null;
      const { statements } = parseReply(statementListSchema, reply, `GET ${this.#path}`);
      const mine = statements.find(
        each => each.id > before && each.code === code && !this.#taken.has(each.id)
      );
      if (mine !== undefined) return mine;
    }
    return null;
  }

  #take(statement: Statement): Statement {
    this.#taken.add(statement.id);
    this.#known = Math.max(this.#known ?? -1, statement.id);
    if (this.#taken.size > 1_000) this.#taken.clear();
    return statement;
  }
}

/** No answer came, and the endpoint may have taken the statement all the same. */
function isUncertain(error: unknown): error is HeadraceError {
  return isUnreachable(error) && !neverSent(error);
}

function notKnown(cause: HeadraceError): HeadraceError {
  return new HeadraceError('HR_LIVY_UNREACHABLE', 'The connection to Livy was lost with the cell', {
    why: `${cause.why ?? cause.message}; the session does not list the cell, so it was most likely not run`,
    next: 'Check what it should have done, then run it again.',
    cause
  });
}
