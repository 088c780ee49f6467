import type { JobView } from '../../runtime/aws/emr/jobs/port.ts';
import { formatDuration, formatSpan } from '../output/format.ts';
import { STATE_WORDS } from './follow-job.ts';

/** The state of a job in a word. */
export function stateText({ state, said }: JobView): string {
  return state === 'unknown' ? said : STATE_WORDS[state];
}

/** Since when a job is there, `for 3 h`; empty where the service does not say. */
export function sinceText({ createdAt }: JobView, now: number): string {
  return createdAt === null ? '' : `for ${spanText(now - createdAt)}`;
}

/** `42.0 s`, `5 min 10 s`, `30 h 20 min`: jobs may run for days. */
export function spanText(ms: number): string {
  return ms < HOUR_MS ? formatDuration(ms) : formatSpan(ms);
}

const HOUR_MS = 3_600_000;
