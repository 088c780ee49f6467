import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { EnvironmentJobs, JobRequest } from '../../runtime/aws/emr/jobs/environment-jobs.ts';
import type { BatchRequest } from '../../runtime/livy/batch-port.ts';
import type { NotebookRuntime } from '../../runtime/notebook/port.ts';
import type { TargetProfile } from '../../runtime/profile/profile.ts';
import { HeadraceError } from '../../shared/errors.ts';
import type { CellContext } from '../contract.ts';
import { followToState } from '../job/follow-job.ts';
import { awsProfileOf, jobsOf } from '../job/open-jobs.ts';
import { batchRequest, WORKING_DIRECTORY, type SubmitArguments } from './batch-request.ts';

/** What `%submit` was given, as far as it is about jobs of EMR. */
export interface JobArguments extends SubmitArguments {
  readonly streaming: boolean;
  readonly emrStep: boolean;
  readonly background: boolean;
  readonly detach: boolean;
  readonly timeout?: number | undefined;
}

/**
 * The profile on which EMR is to run the job; null where Livy runs a batch. HR_USAGE for flags that need EMR. On AWS it is always
 * EMR: its Livy has no batches, or cannot be given the files of this machine.
 */
export async function profileForJob(
  { streaming, emrStep }: Pick<JobArguments, 'streaming' | 'emrStep'>,
  runtime: NotebookRuntime
): Promise<TargetProfile | null> {
  const profile = await awsProfileOf(runtime);
  if (profile === null && (streaming || emrStep))
    throw needsAws(emrStep ? '--emr-step' : '--streaming');
  return profile;
}

/** Uploads and starts a job of EMR; shows its state until it has ended, or, of a stream, until it runs. */
export async function submitJob(
  args: JobArguments,
  profile: TargetProfile,
  context: CellContext
): Promise<void> {
  const { display, signal, cwd } = context;
  if (args.streaming && args.timeout !== undefined) throw endlessStream();
  const jobs = await jobsOf(profile, context);
  const batch = await batchRequest(args, { cwd, brokers: profile.brokers, out: jobs.out });
  if (args.emrStep && jobs.kind !== 'emr-step') throw noCluster(profile, jobs);
  const request = jobRequest(batch, args.streaming);
  const id = await jobs.submit(request, signal);
  const label = request.name;
  const until = args.streaming ? 'running' : 'ended';
  const timeoutMs = args.timeout === undefined ? null : args.timeout * 1_000;
  if (!args.background) {
    const followed = { id, label, until, detach: args.detach, timeoutMs } as const;
    if ((await followToState(followed, jobs, context)) === 'succeeded') return;
  }
  const how = args.streaming ? 'runs until it is stopped' : 'runs in the background';
  display.stdout(
    `Job ${id}, ${label}, ${how}. %job list shows its state, %job log ${id} its log, %job stop ${id} ends it.\n`
  );
}

/** The same job as EMR takes it: sizes are settings, and there is no folder that both sides see. */
function jobRequest(batch: BatchRequest, streaming: boolean): JobRequest {
  const { file, args = [], className, pyFiles = [], jars = [], files = [] } = batch;
  const settings = Object.entries(batch.conf ?? {});
  const conf = Object.fromEntries(settings.filter(([key]) => key !== WORKING_DIRECTORY));
  return {
    name: batch.name ?? path.basename(file),
    entryPoint: file,
    arguments: args,
    pyFiles,
    jars,
    files,
    conf: { ...sizes(batch), ...conf },
    streaming,
    token: randomUUID(),
    ...(className === undefined ? {} : { mainClass: className })
  };
}

/** https://spark.apache.org/docs/latest/configuration.html */
function sizes(batch: BatchRequest): Record<string, string> {
  const given: Readonly<Record<string, string | number | undefined>> = {
    'spark.driver.memory': batch.driverMemory,
    'spark.executor.memory': batch.executorMemory,
    'spark.executor.cores': batch.executorCores,
    'spark.executor.instances': batch.numExecutors
  };
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]]
    )
  );
}

function needsAws(flag: string): HeadraceError {
  return new HeadraceError('HR_USAGE', `%submit takes ${flag} on an environment of AWS only`, {
    why: 'EMR runs such a job',
    next: `Move there with %provision use PROFILE, or leave ${flag} out.`
  });
}

function noCluster({ name }: TargetProfile, { kind }: EnvironmentJobs): HeadraceError {
  const service = kind === 'emr-eks' ? 'EMR on EKS' : 'EMR Serverless';
  return new HeadraceError('HR_USAGE', `${name} has no cluster of EMR that takes steps`, {
    why: `its Spark is ${service}`,
    next: 'Leave --emr-step out; --streaming runs the job until it is stopped.'
  });
}

function endlessStream(): HeadraceError {
  return new HeadraceError('HR_USAGE', '%submit takes --streaming or --timeout, one of the two', {
    why: 'a stream runs until it is stopped',
    next: 'Leave one out.'
  });
}
