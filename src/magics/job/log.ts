import { z } from 'zod';
import { defineMagic } from '../contract.ts';
import { completeJobs, findJob, requireJobs } from './open-jobs.ts';

const MAX_LINES = 10_000;

export const jobLog = defineMagic({
  name: 'job',
  action: 'log',
  kinds: ['line'],
  summary: 'Prints the newest lines that the driver of a job of EMR wrote.',
  positional: ['id'],
  args: z.object({
    id: z.string().min(1).describe('Id of the job; a name stands for its newest job.'),
    lines: z.int().positive().max(MAX_LINES).default(100).describe('How many lines.'),
    stderr: z
      .boolean()
      .default(false)
      .describe("Spark's own messages and errors, in place of what the job prints.")
  }),
  examples: ['%job log 00f6ab12', '%job log word_count.py --stderr --lines 400'],
  complete: (argument, runtime) =>
    argument === 'id' ? completeJobs(runtime, 'list') : Promise.resolve([]),
  async run({ id, lines, stderr }, _body, context) {
    const { display, signal } = context;
    const jobs = await requireJobs(context);
    const job = await findJob(jobs, id, signal);
    const query = { stream: stderr ? 'stderr' : 'stdout', lines } as const;
    const log = await jobs.log(job.id, query, signal);
    if (log.lines.length > 0) display.stdout(`${log.lines.join('\n')}\n`);
    else if (log.files.length > 0) display.stdout('The log is empty.\n');
    else display.stdout('EMR has not written a log yet; it does so every few minutes.\n');
  }
});
