import { z } from 'zod';
import { hasJobEnded, type JobView } from '../../runtime/aws/emr/jobs/port.ts';
import { defineMagic } from '../contract.ts';
import { tableBundle } from '../output/table.ts';
import { requireJobs } from './open-jobs.ts';
import { sinceText, spanText, stateText } from './running-jobs.ts';

export const jobList = defineMagic({
  name: 'job',
  action: 'list',
  kinds: ['line'],
  summary: 'Lists the jobs of EMR in the environment of this notebook, the newest first.',
  args: z.object({}),
  examples: ['%job list'],
  async run(_args, _body, context) {
    const { display, signal, clock } = context;
    const listed = await (await requireJobs(context)).list(signal);
    if (listed.length === 0) {
      display.stdout('There are no jobs. Run one with %submit FILE --streaming.\n');
      return;
    }
    const now = clock.now();
    display.show(
      tableBundle({
        columns: [
          { name: 'id', short: true },
          { name: 'name' },
          { name: 'state', short: true },
          { name: 'time' },
          { name: 'reason', optional: true }
        ],
        rows: listed.map(job => [
          job.id,
          job.name,
          stateText(job),
          timeOf(job, now),
          job.reason ?? ''
        ])
      })
    );
  }
});

/** How long it runs, or when it began where the service does not say when it ended. */
function timeOf(job: JobView, now: number): string {
  const { state, createdAt, endedAt } = job;
  if (createdAt === null) return '';
  if (endedAt !== null) return `took ${spanText(endedAt - createdAt)}`;
  return hasJobEnded(state) ? `begun ${spanText(now - createdAt)} ago` : sinceText(job, now);
}
