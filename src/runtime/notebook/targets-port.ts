import type { EnvironmentSpec } from '../aws/environment/spec.ts';
import type { Diagnosis } from '../profile/doctor/port.ts';
import type { AwsServices } from '../aws/services-port.ts';
import type { ProfileStore } from '../profile/store.ts';
import type { OnProgress } from '../stack-port.ts';
import type { Preflight } from './compare.ts';
import type { AttachedEndpoints } from './place.ts';

/** What this notebook left running on a target that it is not on. */
export interface LeftBehind {
  /** `local`, or the name of a profile. */
  readonly target: string;
  readonly streams: readonly string[];
  /** Ids of the batches. */
  readonly batches: readonly number[];
}

/** The places that a notebook can be attached to: the local stack, and what profiles name. */
export interface NotebookTargets {
  /** The target on record, `local` or a profile's name, whether it is attached just now or not; else null. */
  readonly current: string | null;
  readonly elsewhere: readonly LeftBehind[];
  readonly profiles: ProfileStore;
  /** What will differ on another target; starts and changes nothing. HR_USAGE where there is no such target. */
  compare(target: string, signal: AbortSignal): Promise<Preflight>;
  /**
   * Moves the notebook to what a profile names; what it runs where it was, runs on. Starts no session.
   * `provisionLocal` is the same for the local stack.
   */
  use(profile: string, onProgress: OnProgress, signal: AbortSignal): Promise<AttachedEndpoints>;
  /** Walks the checks of a target in order up to the first that is wrong; `onCheck` hears of each. */
  diagnose(
    target: string,
    onCheck: (soFar: Diagnosis) => void,
    signal: AbortSignal
  ): Promise<Diagnosis>;
  /** Rejects with HR_USAGE where nothing of AWS is built in. */
  aws(): Promise<AwsServices>;
  /** Environments of AWS that this notebook planned, the newest last. */
  readonly planned: readonly EnvironmentSpec[];
  rememberPlan(spec: EnvironmentSpec): Promise<void>;
  /** The environment is gone. */
  forgetPlan(name: string): Promise<void>;
}
