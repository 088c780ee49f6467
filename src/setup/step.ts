import type { HeadraceError } from '../shared/errors.ts';
import { toHeadraceError } from '../shared/errors.ts';
import type { OnProgress } from '../runtime/stack-port.ts';

/** One thing that set-up needs, as a value. `T` is what later steps use of it. */
export interface SetupStep<T> {
  /** Noun phrase for the progress line: `Python environment`. */
  readonly name: string;
  /** What is there already, complete and usable, or null. Quick and without the network. */
  check(signal: AbortSignal): Promise<T | null>;
  /** Makes it, going on from whatever an interrupted run left. Rejects with one clear sentence. */
  run(onProgress: OnProgress, signal: AbortSignal): Promise<T>;
}

/** Where the course of a step is shown. */
export interface StepReporter {
  begin(name: string): {
    readonly progress: OnProgress;
    readonly done: () => void;
    readonly failed: (error: HeadraceError) => void;
  };
}

/** The result of a step: found, or else made and reported. A step that is found says nothing. */
export async function ensureStep<T>(
  step: SetupStep<T>,
  reporter: StepReporter,
  signal: AbortSignal
): Promise<T> {
  const found = await step.check(signal);
  if (found !== null) return found;
  const report = reporter.begin(step.name);
  try {
    const made = await step.run(report.progress, signal);
    report.done();
    return made;
  } catch (error) {
    const known = toHeadraceError(error);
    report.failed(known);
    throw known;
  }
}
