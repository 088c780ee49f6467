import { z } from 'zod';
import { defineMagic } from '../contract.ts';
import { followToState } from './follow-job.ts';
import { completeJobs, findJob, requireJobs } from './open-jobs.ts';

export const jobFollow = defineMagic({
  name: 'job',
  action: 'follow',
  kinds: ['line'],
  summary: 'Shows the state of a job of EMR until its end; the cell fails if the job does.',
  positional: ['id'],
  args: z.object({
    id: z.string().min(1).describe('Id of the job; a name stands for its newest job.')
  }),
  examples: ['%job follow 00f6ab12'],
  complete: (_argument, runtime) => completeJobs(runtime, 'running'),
  async run({ id }, _body, context) {
    const jobs = await requireJobs(context);
    const job = await findJob(jobs, id, context.signal);
    const followed = { id: job.id, label: job.name, until: 'ended', timeoutMs: null } as const;
    await followToState({ ...followed, detach: true }, jobs, context);
  }
});
