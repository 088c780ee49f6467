import type { DriverOutput } from './driver-port.ts';

export type StatementState = 'waiting' | 'running' | 'available' | 'cancelling' | 'cancelled';

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

const isFinal = (state: StatementState): boolean => state === 'available' || state === 'cancelled';

/** A statement's life: `waiting → running → available`, or `cancelled` from the first two. */
export class SessionStatement {
  readonly kind: string;
  #view: StatementView;

  constructor(id: number, code: string, kind: string) {
    this.kind = kind;
    this.#view = {
      id,
      code,
      state: 'waiting',
      output: null,
      progress: 0,
      started: 0,
      completed: 0
    };
  }

  get view(): StatementView {
    return this.#view;
  }

  get id(): number {
    return this.#view.id;
  }

  get ended(): boolean {
    return isFinal(this.#view.state);
  }

  start(now: number): void {
    this.#view = { ...this.#view, state: 'running', started: now };
  }

  progress(fraction: number): void {
    if (!this.ended) this.#view = { ...this.#view, progress: fraction };
  }

  /** Ends a waiting statement at once and marks a running one; says whether the driver has to be told. */
  cancel(now: number): boolean {
    const { state } = this.#view;
    if (state === 'waiting') this.#end('cancelled', null, now);
    if (state !== 'running') return state === 'cancelling';
    this.#view = { ...this.#view, state: 'cancelling' };
    return true;
  }

  /** A statement that was cancelled keeps whatever output it ended with. */
  finish(output: DriverOutput, now: number): void {
    this.#end(this.#view.state === 'cancelling' ? 'cancelled' : 'available', output, now);
  }

  #end(state: StatementState, output: DriverOutput | null, now: number): void {
    const numbered = output && { ...output, execution_count: this.id };
    this.#view = { ...this.#view, state, output: numbered, progress: 1, completed: now };
  }
}
