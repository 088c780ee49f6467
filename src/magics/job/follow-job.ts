import type { EnvironmentJobs } from '../../runtime/aws/emr/jobs/environment-jobs.ts';
import { followJob } from '../../runtime/aws/emr/jobs/follow.ts';
import type { JobState, JobView } from '../../runtime/aws/emr/jobs/port.ts';
import { HeadraceError, toHeadraceError } from '../../shared/errors.ts';
import type { CellContext } from '../contract.ts';
import { formatDuration } from '../output/format.ts';
import { withProgress } from '../output/progress.ts';
import { withinLimit, type Limited } from '../output/within-limit.ts';

/** Lines of what the job printed that are shown at its end. */
const SHOWN_LINES = 100;

export interface FollowedJob {
  readonly id: string;
  readonly label: string;
  /** `running` is all that is to be seen of a stream. */
  readonly until: 'running' | 'ended';
  /** An interrupt of the cell leaves it running. */
  readonly detach: boolean;
  /** It is stopped after this time, milliseconds. */
  readonly timeoutMs: number | null;
}

/** How states are said to a person. */
export const STATE_WORDS: Readonly<Record<JobState, string>> = {
  waiting: 'waiting',
  running: 'running',
  stopping: 'stopping',
  succeeded: 'success',
  failed: 'failed',
  stopped: 'stopped',
  unknown: 'unknown'
};

/**
 * Shows the state of a job until it runs or has ended, then what it printed as far as EMR has written that; gives the state.
 *
 * @throws HR_BATCH_FAILED with the reason that EMR gives, HR_TIMEOUT, HR_INTERRUPTED
 */
export async function followToState(
  job: FollowedJob,
  jobs: EnvironmentJobs,
  context: CellContext
): Promise<JobState> {
  const { id, label } = job;
  const seen = await withProgress(context, {
    title: `Job ${id}, ${label}`,
    work: async onProgress => {
      const view = await withinLimit(limited(job, jobs), context, signal =>
        followJob(jobs, id, {
          clock: context.clock,
          signal,
          until: job.until,
          onState: ({ state }) => onProgress({ label: STATE_WORDS[state], fraction: null })
        })
      );
      if (view.state === 'failed' || view.state === 'stopped') throw failed(job, view);
      return view;
    },
    summary: ({ state }, elapsed) => `Job ${id}, ${label}: ${STATE_WORDS[state]} after ${elapsed}.`,
    failure: (error, elapsed) => `Job ${id}, ${label}: ${endingOf(error)} after ${elapsed}.`
  });
  if (seen.state === 'succeeded') await showPrinted(id, jobs, context);
  return seen.state;
}

async function showPrinted(id: string, jobs: EnvironmentJobs, context: CellContext): Promise<void> {
  const { display, signal } = context;
  const query = { stream: 'stdout', lines: SHOWN_LINES } as const;
  const { lines, files } = await jobs.log(id, query, signal);
  if (lines.length > 0) display.stdout(`${lines.join('\n')}\n`);
  if (files.length === 0)
    display.stdout(`EMR has not written its log yet; %job log ${id} shows it then.\n`);
}

function endingOf(error: unknown): string {
  const { code } = toHeadraceError(error);
  if (code === 'HR_BATCH_FAILED') return 'failed';
  if (code === 'HR_TIMEOUT') return 'stopped';
  return code === 'HR_INTERRUPTED' ? 'interrupted' : 'out of sight';
}

/** What an interrupt and the limit of time do to a job. */
function limited({ id, detach, timeoutMs }: FollowedJob, jobs: EnvironmentJobs): Limited {
  return {
    detach,
    timeoutMs,
    end: signal => jobs.stop(id, signal),
    goesOn: `the job ${id} goes on, see %job follow ${id}`,
    wasEnded: `the job ${id} was told to stop`,
    tooLate: limit => tooLate(id, limit)
  };
}

function failed({ id, label }: FollowedJob, { state, reason }: JobView): HeadraceError {
  const ended = state === 'stopped' ? 'was stopped' : 'failed';
  return new HeadraceError('HR_BATCH_FAILED', `The job ${id}, ${label}, ${ended}`, {
    ...(reason === null ? {} : { why: reason }),
    next: `%job log ${id} --stderr shows its log.`
  });
}

function tooLate(id: string, timeoutMs: number): HeadraceError {
  const limit = formatDuration(timeoutMs);
  return new HeadraceError('HR_TIMEOUT', `The job ${id} was told to stop after ${limit}`, {
    why: 'it had not finished by then',
    next: 'Give it a longer --timeout, or --background to let it run.'
  });
}
