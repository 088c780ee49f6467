import type { Clock } from '../clock.ts';
import { readWrapped, sqlIsWrapped, wrapSql } from './exact-sql.ts';
import type { LivyHttp } from './http.ts';
import type { StatementKind, StatementOutput } from './port.ts';
import { StatementPost } from './statement-post.ts';
import { StatementRun, type CapableRunOptions } from './statement-run.ts';

/** How Livy names the error of an interpreter that could not be started: nothing was run. */
const NO_INTERPRETER = 'InterpreterError';

/** The statements that this client runs, by session. */
export class LivyStatements {
  readonly #http: LivyHttp;
  readonly #clock: Clock;
  readonly #posts = new Map<number, StatementPost>();

  constructor(http: LivyHttp, clock: Clock) {
    this.#http = http;
    this.#clock = clock;
  }

  /** Notes a session that is new, so that it has no statements yet. */
  begin(session: number): void {
    this.#posts.set(session, new StatementPost(this.#http, this.#clock, session, -1));
  }

  forget(session: number): void {
    this.#posts.delete(session);
  }

  /** Runs one statement; SQL by way of PySpark where that alone gives exact values. */
  async run(
    session: number,
    code: string,
    kind: StatementKind,
    options: CapableRunOptions
  ): Promise<StatementOutput> {
    if (kind !== 'sql' || !sqlIsWrapped(options.capabilities))
      return await this.#run(session, code, kind, options);
    const output = await this.#run(session, wrapSql(code), 'pyspark', options);
    const unable = output.status === 'error' && output.ename === NO_INTERPRETER;
    if (unable && options.capabilities.sqlKind)
      return await this.#run(session, code, 'sql', options);
    return readWrapped(output);
  }

  #run(
    session: number,
    code: string,
    kind: StatementKind,
    options: CapableRunOptions
  ): Promise<StatementOutput> {
    const run = new StatementRun(this.#http, this.#clock, session);
    return run.run(this.#postOf(session), code, kind, options);
  }

  #postOf(session: number): StatementPost {
    const known = this.#posts.get(session);
    if (known !== undefined) return known;
    const post = new StatementPost(this.#http, this.#clock, session, null);
    this.#posts.set(session, post);
    return post;
  }
}
