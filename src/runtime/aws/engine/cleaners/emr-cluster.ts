import type { EMR } from '@aws-sdk/client-emr';
import type { AwsClients } from '../../control/clients.ts';
import { asking } from '../../control/errors.ts';
import { until, type Pace } from '../../control/patience.ts';
import { physicalIds, type Cleaner } from './port.ts';

const RHYTHM = { everyMs: 15_000, limitMs: 30 * 60_000 };

type Ask = <Result>(operation: string, work: (client: EMR) => Promise<Result>) => Promise<Result>;

async function isTerminated(ask: Ask, ClusterId: string, abortSignal: AbortSignal) {
  const { Cluster } = await ask('DescribeCluster', client =>
    client.describeCluster({ ClusterId }, { abortSignal })
  );
  return (Cluster?.Status?.State ?? 'TERMINATED').startsWith('TERMINATED');
}

async function terminate(ask: Ask, pace: Pace, id: string, signal: AbortSignal) {
  if (await isTerminated(ask, id, signal)) return [];
  const JobFlowIds = [id];
  const abortSignal = signal;
  await ask('SetTerminationProtection', client =>
    client.setTerminationProtection({ JobFlowIds, TerminationProtected: false }, { abortSignal })
  );
  await ask('TerminateJobFlows', client =>
    client.terminateJobFlows({ JobFlowIds }, { abortSignal })
  );
  const ended = await until(pace, RHYTHM, signal, async () =>
    (await isTerminated(ask, id, signal)) ? true : null
  );
  return [
    ended === null ? `The EMR cluster ${id} does not end.` : `Terminated the EMR cluster ${id}.`
  ];
}

/**
 * Ends EMR clusters with all that runs on them, also those protected from it, and waits: their security groups and
 * interfaces are in use until then. https://docs.aws.amazon.com/emr/latest/ManagementGuide/UsingEMR_TerminationProtection.html
 */
export function emrClusterCleaner(clients: AwsClients, pace: Pace): Cleaner {
  const { region, profile } = clients;
  const ask: Ask = (operation, work) =>
    asking({ action: `elasticmapreduce:${operation}`, region, profile }, async () =>
      work(await clients.emr())
    );
  return {
    what: 'the EMR cluster',
    layers: ['spark'],
    async clean({ resources }, signal) {
      const did: string[] = [];
      for (const id of physicalIds(resources, 'AWS::EMR::Cluster'))
        did.push(...(await terminate(ask, pace, id, signal)));
      return did;
    }
  };
}
