import type { EMRContainers } from '@aws-sdk/client-emr-containers';
import type { AwsClients } from '../../control/clients.ts';
import { asking, isNotFound } from '../../control/errors.ts';
import { until, type Pace } from '../../control/patience.ts';
import { physicalIds, type Cleaner } from './port.ts';

const RHYTHM = { everyMs: 10_000, limitMs: 15 * 60_000 };
const JOBS = ['PENDING', 'SUBMITTED', 'RUNNING'] as const;
const ENDPOINTS = ['CREATING', 'ACTIVE'] as const;

type Ask = <Result>(
  operation: string,
  work: (client: EMRContainers) => Promise<Result>
) => Promise<Result>;

/** Ids of the jobs that run; the first page each time, as those that were cancelled leave it. */
async function jobs(ask: Ask, virtualClusterId: string, abortSignal: AbortSignal) {
  const page = await ask('ListJobRuns', client =>
    client.listJobRuns({ virtualClusterId, states: [...JOBS] }, { abortSignal })
  );
  return (page.jobRuns ?? []).flatMap(one => one.id ?? []);
}

async function endpoints(ask: Ask, virtualClusterId: string, abortSignal: AbortSignal) {
  const page = await ask('ListManagedEndpoints', client =>
    client.listManagedEndpoints({ virtualClusterId, states: [...ENDPOINTS] }, { abortSignal })
  );
  return (page.endpoints ?? []).flatMap(one => one.id ?? []);
}

/** Ends what there is; whether there was nothing any more. */
async function endOnce(
  ask: Ask,
  virtualClusterId: string,
  ended: Set<string>,
  signal: AbortSignal
) {
  const abortSignal = signal;
  const running = await jobs(ask, virtualClusterId, signal);
  const open = await endpoints(ask, virtualClusterId, signal);
  for (const id of running.filter(one => !ended.has(one))) {
    await ask('CancelJobRun', client =>
      client.cancelJobRun({ id, virtualClusterId }, { abortSignal })
    );
    ended.add(id);
  }
  for (const id of open.filter(one => !ended.has(one))) {
    await ask('DeleteManagedEndpoint', client =>
      client.deleteManagedEndpoint({ id, virtualClusterId }, { abortSignal })
    );
    ended.add(id);
  }
  return running.length + open.length === 0;
}

async function empty(ask: Ask, pace: Pace, id: string, signal: AbortSignal): Promise<string[]> {
  const ended = new Set<string>();
  try {
    await until(pace, RHYTHM, signal, async () =>
      (await endOnce(ask, id, ended, signal)) ? true : null
    );
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  return ended.size === 0
    ? []
    : [`Ended ${ended.size} jobs and endpoints of the virtual cluster ${id}.`];
}

/** Ends jobs and endpoints of EMR on EKS; a virtual cluster waits for them when it is deleted. */
export function virtualClusterCleaner(clients: AwsClients, pace: Pace): Cleaner {
  const { region, profile } = clients;
  const ask: Ask = (operation, work) =>
    asking({ action: `emr-containers:${operation}`, region, profile }, async () =>
      work(await clients.emrContainers())
    );
  return {
    what: 'the EMR virtual cluster',
    layers: ['spark'],
    async clean({ resources }, signal) {
      const did: string[] = [];
      for (const id of physicalIds(resources, 'AWS::EMRContainers::VirtualCluster'))
        did.push(...(await empty(ask, pace, id, signal)));
      return did;
    }
  };
}
