import path from 'node:path';
import { z } from 'zod';
import { jobConf, mergedSettings } from '../../runtime/aws/emr/jobs/job-conf.ts';
import type { NotebookRuntime } from '../../runtime/notebook/port.ts';
import { HeadraceError } from '../../shared/errors.ts';
import { followToEnd } from '../batch/follow-to-end.ts';
import { defineMagic } from '../contract.ts';
import { profileOf } from '../job/open-jobs.ts';
import { batchRequest, OUT_BESIDE_NOTEBOOK } from './batch-request.ts';
import { profileForJob, submitJob } from './submit-job.ts';

const setting = z.string().regex(/^[^=]+=/, 'must be KEY=VALUE');
const memory = z.string().regex(/^\d+[kmgt]b?$/i, 'must be an amount such as 2g or 512m');

/**
 * What runs later is the business of `%batch`, as `%topic` and `%session` manage what they name. Flags such as
 * `--list` would make the file of `%submit` optional and allow lines that contradict themselves.
 */
export const submit = defineMagic({
  name: 'submit',
  kinds: ['line'],
  summary:
    'Runs a Python file or a class of a jar as a Spark batch, on AWS as a job of EMR, and shows its log until its end.',
  positional: ['file', 'args...'],
  passesOn: true,
  args: z.object({
    file: z
      .string()
      .min(1)
      .describe('A .py file or a jar, from the folder of the notebook, or a URL.'),
    args: z
      .array(z.string())
      .default([])
      .describe(
        'Arguments of the job; {brokers} stands for the addresses of Kafka, {out} for a folder for what it writes (out beside the notebook; on AWS in the bucket of the environment), -- precedes flags.'
      ),
    class: z.string().optional().describe('Main class of the jar.'),
    name: z.string().optional().describe('Name of the batch on the endpoint.'),
    conf: z.array(setting).default([]).describe('A Spark setting KEY=VALUE; may be repeated.'),
    jars: z.array(z.string()).default([]).describe('Further jars, with commas or repeated.'),
    pyFiles: z
      .array(z.string())
      .default([])
      .describe('Python files and zips to import from, with commas or repeated.'),
    files: z.array(z.string()).default([]).describe('Files for the job, with commas or repeated.'),
    driverMemory: memory.optional().describe('Memory of the driver, such as 1g.'),
    executorMemory: memory.optional().describe('Memory of each executor.'),
    executorCores: z.int().positive().optional().describe('Cores of each executor.'),
    numExecutors: z.int().positive().optional().describe('How many executors.'),
    streaming: z
      .boolean()
      .default(false)
      .describe('On AWS: a stream, which EMR runs until it is stopped with %job stop.'),
    emrStep: z
      .boolean()
      .default(false)
      .describe('On AWS: only as a step of a cluster; refused where there is none.'),
    background: z.boolean().default(false).describe('Lets the cell end at once.'),
    detach: z
      .boolean()
      .default(false)
      .describe('Lets an interrupt end the cell, but not the batch.'),
    timeout: z.number().positive().optional().describe('Ends the batch after this many seconds.')
  }),
  examples: [
    '%submit jobs/word_count.py {brokers} words {out}/words',
    '%submit jobs/word_count.py {brokers} words {out}/words --streaming -- --mode continuous',
    '%submit jobs/headrace-jobs.jar --class headrace.jobs.WordCount {brokers} words {out}/words -- --mode continuous'
  ],
  async run(args, _body, context) {
    const { runtime, display, signal } = context;
    if (args.background && args.timeout !== undefined) throw endless();
    const profile = await profileForJob(args, runtime);
    if (profile !== null) {
      await submitJob(args, profile, context);
      return;
    }
    const batches = await runtime.batches();
    const request = await batchRequest(args, {
      cwd: context.cwd,
      brokers: runtime.endpoints?.brokers ?? [],
      out: OUT_BESIDE_NOTEBOOK
    });
    const conf = mergedSettings(await targetSettings(runtime), request.conf ?? {});
    const { id } = await batches.submitBatch({ ...request, conf }, signal);
    const label = path.basename(args.file);
    if (args.background) {
      display.stdout(
        `Batch ${id}, ${label}, runs in the background. %batch follow ${id} shows its log, %batch stop ${id} ends it.\n`
      );
      return;
    }
    const timeoutMs = args.timeout === undefined ? null : args.timeout * 1_000;
    await followToEnd({ id, label, detach: args.detach, timeoutMs }, context);
  }
});

/** What every job needs where the notebook is: connectors, and the login to Kafka. */
async function targetSettings(runtime: NotebookRuntime): Promise<Readonly<Record<string, string>>> {
  const profile = await profileOf(runtime);
  return profile === null ? {} : jobConf(profile);
}

function endless(): HeadraceError {
  return new HeadraceError('HR_USAGE', '%submit takes --background or --timeout, one of the two', {
    why: 'nobody looks at the time of a batch in the background',
    next: 'Leave one out.'
  });
}
