import type { Clock } from '../../../clock.ts';
import { hasJobEnded, type JobTarget, type JobView } from './port.ts';

export interface FollowOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** `running` is the end of the wait for a stream, which has no other. */
  readonly until: 'running' | 'ended';
  /** Each state as it is seen. */
  readonly onState: (job: JobView) => void;
}

/** Services take tens of seconds to start a job and count how often they are asked, milliseconds. */
const LOOK_MS = 5_000;

/** Looks at a job until it has ended, or until it runs; gives it as it is then. */
export async function followJob(
  jobs: Pick<JobTarget, 'state'>,
  id: string,
  { clock, signal, until, onState }: FollowOptions
): Promise<JobView> {
  for (;;) {
    const job = await jobs.state(id, signal);
    onState(job);
    if (hasJobEnded(job.state) || (until === 'running' && job.state === 'running')) return job;
    await clock.sleep(LOOK_MS, signal);
  }
}
