import type { Installation } from '../install.ts';
import type { Project } from '../project.ts';
import type { Sandbox } from './sandbox.ts';
import type { Tally } from './tally.ts';

/** What a group of tests may use. */
export interface GroupContext {
  readonly project: Project;
  readonly installation: Installation;
  readonly sandbox: Sandbox;
  /** A Chromium that runs; null where no group needs one. */
  readonly chromium: string | null;
  /** One line into the log of the group. */
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Tests that run together, as a value. */
export interface TestGroup {
  /** As in `npm test -- NAME`. */
  readonly name: string;
  readonly summary: string;
  readonly needsChromium?: boolean;
  /** Runs only where it is named. */
  readonly onRequest?: boolean;
  run(context: GroupContext): Promise<Tally>;
}

export interface GroupOutcome extends Tally {
  readonly name: string;
  readonly seconds: number;
  readonly logFile: string;
  /** The end of the log of a group that failed. */
  readonly excerpt: readonly string[];
}
