import type { AwsClients } from '../../control/clients.ts';
import type { Pace } from '../../control/patience.ts';
import { bucketCleaner } from './bucket.ts';
import { emrClusterCleaner } from './emr-cluster.ts';
import { emrServerlessCleaner } from './emr-serverless.ts';
import { networkCleaner } from './network.ts';
import type { Cleaner } from './port.ts';
import { securityRulesCleaner } from './security-rules.ts';
import { virtualClusterCleaner } from './virtual-cluster.ts';

/** All cleaners, in the order in which they have to run. */
export function awsCleaners(clients: AwsClients, pace: Pace): readonly Cleaner[] {
  return [
    emrServerlessCleaner(clients, pace),
    emrClusterCleaner(clients, pace),
    virtualClusterCleaner(clients, pace),
    bucketCleaner(clients),
    securityRulesCleaner(clients),
    networkCleaner(clients, pace)
  ];
}
