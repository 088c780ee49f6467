import type { DriverState, StatementEnd } from '../driver/driver-port.ts';
import { SessionStatement } from './statement.ts';

/** Statements kept, as `livy.rsc.retained-statements`; older ones are forgotten. */
export const RETAINED_STATEMENTS = 100;

/** The statements of a session as its driver has told of them, with those that it has yet to hear of. */
export class StatementList {
  #statements = new Map<number, SessionStatement>();
  #next = 0;

  /** The newest statements, oldest first. */
  all(): readonly SessionStatement[] {
    return [...this.#statements.values()];
  }

  /** Whether one waits or runs. */
  get busy(): boolean {
    return this.all().some(statement => !statement.ended);
  }

  /** Takes the driver's word for everything. */
  replace({ statements, nextStatement }: DriverState): void {
    this.#statements = new Map(statements.map(known => [known.id, new SessionStatement(known)]));
    this.#next = nextStatement;
  }

  add(code: string, kind: string): SessionStatement {
    const statement = SessionStatement.waiting(this.#next++, code, kind);
    this.#statements.set(statement.id, statement);
    this.#forget();
    return statement;
  }

  start(id: number, at: number): void {
    this.#statements.get(id)?.start(at);
  }

  progress(id: number, fraction: number): void {
    this.#statements.get(id)?.progress(fraction);
  }

  finish(id: number, end: StatementEnd): void {
    this.#statements.get(id)?.finish(end);
  }

  remove(ids: readonly number[]): void {
    for (const id of ids) this.#statements.delete(id);
  }

  /** One that has not ended is never forgotten. */
  #forget(): void {
    const tooMany = Math.max(0, this.#statements.size - RETAINED_STATEMENTS);
    const ended = this.all().filter(statement => statement.ended);
    this.remove(ended.slice(0, tooMany).map(({ id }) => id));
  }
}
