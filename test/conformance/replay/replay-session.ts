import { ENDLESS, UNSTOPPABLE, type RecordedAnswers, type RecordedOutput } from './answers.ts';

/** Looks at a session before it is idle. */
const LOOKS_TO_START = 2;
/** Statements that are kept, as `livy.rsc.retained-statements`. */
const RETAINED = 100;

interface HeldStatement {
  readonly id: number;
  readonly code: string;
  readonly kind: string;
  state: string;
  output: RecordedOutput | null;
}

/** A statement as Livy shows it. */
export type StatementView = Readonly<Record<string, unknown>>;

/** One session of the replayed server: each look at it moves it, or its statement, one step on. */
export class ReplaySession {
  readonly kind: string;
  /** A test may set a state that stays. */
  fixedState: string | null = null;
  readonly statements: HeldStatement[] = [];
  activity = 0;
  readonly #answers: RecordedAnswers;
  #looks = 0;
  #nextStatement = 0;
  #busy = false;

  constructor(
    readonly id: number,
    readonly request: Readonly<Record<string, unknown>>,
    answers: RecordedAnswers
  ) {
    this.kind = typeof request['kind'] === 'string' ? request['kind'] : 'shared';
    this.#answers = answers;
  }

  get name(): string | null {
    const { name } = this.request;
    return typeof name === 'string' ? name : null;
  }

  /** The state as a look finds it. */
  look(): string {
    this.#looks += 1;
    return this.state;
  }

  get state(): string {
    if (this.fixedState !== null) return this.fixedState;
    if (this.#looks <= LOOKS_TO_START) return 'starting';
    const running = this.statements.some(({ state }) => state === 'waiting' || state === 'running');
    return running || this.#busy ? 'busy' : 'idle';
  }

  post(code: string, kind: string): StatementView {
    const id = this.#nextStatement++;
    const statement: HeldStatement = { id, code, kind, state: 'waiting', output: null };
    this.statements.push(statement);
    if (this.statements.length > RETAINED) this.statements.shift();
    return view(statement);
  }

  /** Null for a statement that is not kept. */
  statement(id: number): StatementView | null {
    const found = this.statements.find(each => each.id === id);
    if (found === undefined) return null;
    const shown = view(found);
    this.#step(found);
    return shown;
  }

  cancel(id: number): void {
    const found = this.statements.find(each => each.id === id);
    if (found === undefined || found.state === 'available') return;
    found.state = 'cancelling';
    this.#busy = found.code === UNSTOPPABLE;
  }

  #step(statement: HeldStatement): void {
    if (statement.state === 'cancelling') {
      statement.state = 'cancelled';
      if (statement.code === UNSTOPPABLE) statement.output = ok('woke\n');
    } else if (statement.state === 'waiting') statement.state = 'running';
    else if (statement.state === 'running' && !isEndless(statement)) {
      statement.output = this.#answers.of(statement.kind, statement.code) ?? ok('');
      statement.state = 'available';
    }
  }
}

const isEndless = ({ code }: HeldStatement): boolean => [ENDLESS, UNSTOPPABLE].includes(code);

function ok(text: string): RecordedOutput {
  return { status: 'ok', execution_count: 0, data: { 'text/plain': text } };
}

function view({ id, code, state, output }: HeldStatement): StatementView {
  const ended = state === 'available' || state === 'cancelled';
  const shown = output === null ? null : { ...output, execution_count: id };
  return { id, code, state, output: shown, progress: ended ? 1 : 0, started: 0, completed: 0 };
}
