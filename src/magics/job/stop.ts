import { z } from 'zod';
import { hasJobEnded } from '../../runtime/aws/emr/jobs/port.ts';
import { defineMagic } from '../contract.ts';
import { STATE_WORDS } from './follow-job.ts';
import { completeJobs, findJob, requireJobs } from './open-jobs.ts';

export const jobStop = defineMagic({
  name: 'job',
  action: 'stop',
  kinds: ['line'],
  summary: 'Tells EMR to stop a job; its log stays.',
  positional: ['id'],
  args: z.object({
    id: z.string().min(1).describe('Id of the job; a name stands for its newest job.')
  }),
  examples: ['%job stop 00f6ab12'],
  complete: (_argument, runtime) => completeJobs(runtime, 'running'),
  async run({ id }, _body, context) {
    const { display, signal } = context;
    const jobs = await requireJobs(context);
    const job = await findJob(jobs, id, signal);
    if (hasJobEnded(job.state)) {
      const state = STATE_WORDS[job.state];
      display.stdout(`Job ${job.id}, ${job.name}, has ended already: ${state}.\n`);
      return;
    }
    await jobs.stop(job.id, signal);
    display.stdout(
      `Job ${job.id}, ${job.name}, was told to stop; %job list shows when it has ended.\n`
    );
  }
});
