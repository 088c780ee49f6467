import type { OnProgress, ProgressStep } from '../../runtime/stack-port.ts';
import type { CellContext, DisplayHandle } from '../contract.ts';
import { formatBar, formatDuration } from './format.ts';

/** Shortest time between two updates of one line, milliseconds: each update is a message to every client. */
const UPDATE_MS = 250;
/** The elapsed time moves at least this often, so that a long step does not look hung. */
const HEARTBEAT_MS = 1_000;

export interface LongWork<Result> {
  /** What is done, such as `Starting the local stack`. */
  readonly title: string;
  readonly work: (onProgress: OnProgress) => Promise<Result>;
  /** The one line that stays. */
  readonly summary: (result: Result, elapsed: string) => string;
  /** The same for work that was not done. */
  readonly failure?: (error: unknown, elapsed: string) => string;
}

/** Runs long work with one line of progress, replaced in place, and one line of summary at its end. */
export async function withProgress<Result>(
  context: CellContext,
  { title, work, summary, failure }: LongWork<Result>
): Promise<Result> {
  const line = new ProgressLine(context, title);
  try {
    const result = await work(step => line.step(step));
    line.end(summary(result, line.elapsed));
    return result;
  } catch (error) {
    line.end(failure?.(error, line.elapsed) ?? `${title}: not done after ${line.elapsed}`);
    throw error;
  }
}

/** A line of output that changes in place until its end. */
class ProgressLine {
  readonly #context: CellContext;
  readonly #title: string;
  readonly #startedAt: number;
  readonly #handle: DisplayHandle;
  readonly #ended = new AbortController();
  #step: ProgressStep = { label: '', fraction: null };
  #shownAt: number;

  constructor(context: CellContext, title: string) {
    this.#context = context;
    this.#title = title;
    this.#startedAt = context.clock.now();
    this.#shownAt = this.#startedAt;
    this.#handle = context.display.show({ 'text/plain': `${title} …` });
    void this.#beat();
  }

  get elapsed(): string {
    return formatDuration(this.#context.clock.now() - this.#startedAt);
  }

  /** News stays under the cell; all else is replaced by the next step. */
  step(step: ProgressStep): void {
    if (step.notice === true) {
      this.#context.display.stderr(`${step.label.replace(/\.?$/, '.')}\n`);
      return;
    }
    const changed = step.label !== this.#step.label;
    this.#step = step;
    if (changed || this.#context.clock.now() - this.#shownAt >= UPDATE_MS) this.#show();
  }

  end(text: string): void {
    this.#ended.abort();
    this.#handle.update({ 'text/plain': text });
  }

  #show(): void {
    this.#shownAt = this.#context.clock.now();
    const { label, fraction } = this.#step;
    const bar = fraction === null ? '' : `  ${formatBar(fraction)} ${Math.floor(fraction * 100)} %`;
    const phase = label === '' ? ' …' : `: ${label}`;
    this.#handle.update({ 'text/plain': `${this.#title}${phase}${bar}  (${this.elapsed})` });
  }

  async #beat(): Promise<void> {
    const waited = (): Promise<boolean> =>
      this.#context.clock.sleep(HEARTBEAT_MS, this.#ended.signal).then(
        () => true,
        () => false
      );
    while (await waited()) this.#show();
  }
}
