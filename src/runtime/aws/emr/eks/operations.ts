import type {
  CancelJobRunCommandInput,
  CancelJobRunCommandOutput,
  DescribeJobRunCommandInput,
  DescribeJobRunCommandOutput,
  ListJobRunsCommandInput,
  ListJobRunsCommandOutput,
  StartJobRunCommandInput,
  StartJobRunCommandOutput
} from '@aws-sdk/client-emr-containers';
import { senderOf, type Send } from '../../control/send.ts';
import type { AwsClients } from '../../control/clients.ts';

/** The operations of EMR on EKS that the runtime uses. https://docs.aws.amazon.com/emr-on-eks/latest/APIReference/ */
export interface EmrContainersOperations {
  readonly StartJobRun: readonly [
    StartJobRunCommandInput,
    Omit<StartJobRunCommandOutput, '$metadata'>
  ];
  readonly DescribeJobRun: readonly [
    DescribeJobRunCommandInput,
    Omit<DescribeJobRunCommandOutput, '$metadata'>
  ];
  readonly ListJobRuns: readonly [
    ListJobRunsCommandInput,
    Omit<ListJobRunsCommandOutput, '$metadata'>
  ];
  readonly CancelJobRun: readonly [
    CancelJobRunCommandInput,
    Omit<CancelJobRunCommandOutput, '$metadata'>
  ];
}
export type EmrContainersSend = Send<EmrContainersOperations>;

/** Sends to EMR on EKS. */
export function emrContainersSend(
  clients: Pick<AwsClients, 'region' | 'profile' | 'emrContainers'>
): EmrContainersSend {
  return senderOf<EmrContainersOperations>(
    { ...clients, service: 'emr-containers' },
    clients.emrContainers
  );
}
