import type {
  AddJobFlowStepsInput,
  AddJobFlowStepsOutput,
  CancelStepsInput,
  CancelStepsOutput,
  DescribeClusterInput,
  DescribeClusterOutput,
  DescribeStepInput,
  DescribeStepOutput,
  ListInstancesInput,
  ListInstancesOutput,
  ListReleaseLabelsInput,
  ListReleaseLabelsOutput,
  ListStepsInput,
  ListStepsOutput
} from '@aws-sdk/client-emr';
import type {
  StartSessionRequest,
  StartSessionResponse,
  TerminateSessionRequest,
  TerminateSessionResponse
} from '@aws-sdk/client-ssm';
import { senderOf, type Send } from '../../control/send.ts';
import type { AwsClients } from '../../control/clients.ts';

/** The operations of EMR on EC2 that the runtime uses. https://docs.aws.amazon.com/emr/latest/APIReference/ */
export interface EmrOperations {
  readonly DescribeCluster: readonly [DescribeClusterInput, DescribeClusterOutput];
  readonly ListInstances: readonly [ListInstancesInput, ListInstancesOutput];
  readonly ListReleaseLabels: readonly [ListReleaseLabelsInput, ListReleaseLabelsOutput];
  readonly AddJobFlowSteps: readonly [AddJobFlowStepsInput, AddJobFlowStepsOutput];
  readonly DescribeStep: readonly [DescribeStepInput, DescribeStepOutput];
  readonly ListSteps: readonly [ListStepsInput, ListStepsOutput];
  readonly CancelSteps: readonly [CancelStepsInput, CancelStepsOutput];
}
export type EmrSend = Send<EmrOperations>;

/** The operations of Session Manager that the runtime uses. */
export interface SsmOperations {
  readonly StartSession: readonly [StartSessionRequest, StartSessionResponse];
  readonly TerminateSession: readonly [TerminateSessionRequest, TerminateSessionResponse];
}
export type SsmSend = Send<SsmOperations>;

/** Sends to EMR on EC2. */
export function emrSend(clients: Pick<AwsClients, 'region' | 'profile' | 'emr'>): EmrSend {
  return senderOf<EmrOperations>({ ...clients, service: 'elasticmapreduce' }, clients.emr);
}

/** Sends to Systems Manager. */
export function ssmSend(clients: Pick<AwsClients, 'region' | 'profile' | 'ssm'>): SsmSend {
  return senderOf<SsmOperations>({ ...clients, service: 'ssm' }, clients.ssm);
}
