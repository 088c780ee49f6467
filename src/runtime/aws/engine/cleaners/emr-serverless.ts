import type { EMRServerless } from '@aws-sdk/client-emr-serverless';
import type { AwsClients } from '../../control/clients.ts';
import { asking, isNotFound } from '../../control/errors.ts';
import { until, type Pace } from '../../control/patience.ts';
import { HeadraceError } from '../../../../shared/errors.ts';
import { physicalIds, type Cleaner } from './port.ts';

const RHYTHM = { everyMs: 10_000, limitMs: 15 * 60_000 };
const RUNNING = ['SUBMITTED', 'QUEUED', 'PENDING', 'SCHEDULED', 'RUNNING'] as const;
const AT_REST = ['CREATED', 'STOPPED', 'TERMINATED'];

type Ask = <Result>(
  operation: string,
  work: (client: EMRServerless) => Promise<Result>
) => Promise<Result>;

/** The state of an application; null where there is none. */
async function stateOf(ask: Ask, applicationId: string, abortSignal: AbortSignal) {
  try {
    const found = await ask('GetApplication', client =>
      client.getApplication({ applicationId }, { abortSignal })
    );
    return found.application?.state ?? null;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

async function cancelJobs(ask: Ask, applicationId: string, abortSignal: AbortSignal) {
  let count = 0;
  for (let nextToken: string | undefined; ;) {
    const input = { applicationId, states: [...RUNNING] };
    const page = await ask('ListJobRuns', client =>
      client.listJobRuns(nextToken === undefined ? input : { ...input, nextToken }, { abortSignal })
    );
    for (const { id: jobRunId } of page.jobRuns ?? []) {
      await ask('CancelJobRun', client =>
        client.cancelJobRun({ applicationId, jobRunId }, { abortSignal })
      );
      count += 1;
    }
    nextToken = page.nextToken;
    if (nextToken === undefined) return count;
  }
}

/** Tells the application to stop; that it still has jobs to end is no error here. */
async function tryToStop(ask: Ask, applicationId: string, abortSignal: AbortSignal) {
  try {
    await ask('StopApplication', client =>
      client.stopApplication({ applicationId }, { abortSignal })
    );
  } catch (error) {
    if (!(error instanceof HeadraceError) || error.code !== 'HR_AWS_REFUSED') throw error;
  }
}

async function stop(ask: Ask, pace: Pace, id: string, signal: AbortSignal): Promise<string[]> {
  const first = await stateOf(ask, id, signal);
  if (first === null || AT_REST.includes(first)) return [];
  const jobs = await cancelJobs(ask, id, signal);
  const rest = await until(pace, RHYTHM, signal, async () => {
    const state = await stateOf(ask, id, signal);
    if (state === null || AT_REST.includes(state)) return true;
    if (state === 'STARTED') await tryToStop(ask, id, signal);
    return null;
  });
  const ended = jobs === 0 ? '' : ` after cancelling ${jobs} ${jobs === 1 ? 'job' : 'jobs'}`;
  return [
    rest === null
      ? `The EMR Serverless application ${id} does not stop${ended}.`
      : `Stopped the EMR Serverless application ${id}${ended}.`
  ];
}

/**
 * Stops EMR Serverless applications, with their jobs and Livy sessions: only a stopped one can be deleted.
 * https://docs.aws.amazon.com/emr-serverless/latest/APIReference/API_DeleteApplication.html
 */
export function emrServerlessCleaner(clients: AwsClients, pace: Pace): Cleaner {
  const { region, profile } = clients;
  const ask: Ask = (operation, work) =>
    asking({ action: `emr-serverless:${operation}`, region, profile }, async () =>
      work(await clients.emrServerless())
    );
  return {
    what: 'the EMR Serverless application',
    layers: ['spark'],
    async clean({ resources }, signal) {
      const did: string[] = [];
      for (const id of physicalIds(resources, 'AWS::EMRServerless::Application'))
        did.push(...(await stop(ask, pace, id, signal)));
      return did;
    }
  };
}
