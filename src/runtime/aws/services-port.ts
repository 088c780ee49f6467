import type { AwsEnvironments } from './environments-port.ts';
import type { ClusterTopics, ClusterTopicsSettled } from '../relay/cluster-topics.ts';
import type { AwsJobs } from './emr/jobs/environment-jobs.ts';
import type { AwsProbes } from '../profile/doctor/port.ts';
import type { StackResolver } from '../profile/stack-resolver.ts';

/** What of AWS a notebook can use; loaded at first use, because its clients are large. */
export interface AwsServices {
  readonly environments: AwsEnvironments;
  /** Addresses of what a CloudFormation stack made. */
  readonly stacks: StackResolver;
  /** What the checks of `%provision doctor` ask of AWS. */
  readonly probes: AwsProbes;
  /** Jobs that live longer than the notebook. */
  readonly jobs: AwsJobs;
  /** Topics of a provisioned MSK cluster, by its ARN. */
  readonly topics: (cluster: string, settled: ClusterTopicsSettled) => ClusterTopics;
}
