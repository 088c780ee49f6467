import type { DriverOutput, KnownStatement, StatementEnd } from '../driver/driver-port.ts';

export type StatementState = KnownStatement['state'];

/** One statement, in the form of the REST protocol; `started` and `completed` are epoch milliseconds, 0 before. */
export interface StatementView {
  readonly id: number;
  readonly code: string;
  readonly state: StatementState;
  readonly output: DriverOutput | null;
  readonly progress: number;
  readonly started: number;
  readonly completed: number;
}

/** A statement as the gateway shows it: `waiting → running → available`, or `cancelled` from the first two. */
export class SessionStatement {
  readonly kind: string;
  #view: StatementView;

  constructor({ kind, output, ...rest }: KnownStatement) {
    this.kind = kind;
    this.#view = { ...rest, output: numbered(output, rest.id) };
  }

  /** A statement that nobody but the gateway knows yet. */
  static waiting(id: number, code: string, kind: string): SessionStatement {
    const known = { id, code, kind, output: null, progress: 0, started: 0, completed: 0 };
    return new SessionStatement({ ...known, state: 'waiting' });
  }

  get view(): StatementView {
    return this.#view;
  }

  get id(): number {
    return this.#view.id;
  }

  get ended(): boolean {
    return this.#view.state === 'available' || this.#view.state === 'cancelled';
  }

  /** One that was cancelled a moment too late is still to be interrupted. */
  start(at: number): void {
    const state = this.#view.state === 'waiting' ? 'running' : 'cancelling';
    this.#view = { ...this.#view, state, started: at, completed: 0 };
  }

  progress(fraction: number): void {
    if (!this.ended) this.#view = { ...this.#view, progress: fraction };
  }

  /** Notes that the driver was asked to end it; one that waits is over for everybody who asks. */
  cancel(now: number): void {
    if (this.#view.state === 'waiting')
      this.finish({ state: 'cancelled', output: null, completed: now });
    else if (!this.ended) this.#view = { ...this.#view, state: 'cancelling' };
  }

  /** A statement that was cancelled keeps whatever output it ended with. */
  finish({ state, output, completed }: StatementEnd): void {
    this.#view = {
      ...this.#view,
      state,
      output: numbered(output, this.id),
      progress: 1,
      completed
    };
  }
}

function numbered(output: DriverOutput | null, id: number): DriverOutput | null {
  return output && { ...output, execution_count: id };
}
