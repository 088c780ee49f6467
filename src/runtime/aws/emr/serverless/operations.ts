import type {
  CancelJobRunRequest,
  CancelJobRunResponse,
  GetApplicationRequest,
  GetApplicationResponse,
  GetJobRunRequest,
  GetJobRunResponse,
  ListApplicationsRequest,
  ListApplicationsResponse,
  ListJobRunsRequest,
  ListJobRunsResponse,
  StartApplicationRequest,
  StartApplicationResponse,
  StartJobRunRequest,
  StartJobRunResponse,
  StopApplicationRequest,
  StopApplicationResponse
} from '@aws-sdk/client-emr-serverless';
import { senderOf, type Send } from '../../control/send.ts';
import type { AwsClients } from '../../control/clients.ts';

/** The operations of EMR Serverless that the runtime uses. https://docs.aws.amazon.com/emr-serverless/latest/APIReference/ */
export interface EmrServerlessOperations {
  readonly GetApplication: readonly [GetApplicationRequest, GetApplicationResponse];
  readonly ListApplications: readonly [ListApplicationsRequest, ListApplicationsResponse];
  readonly StartApplication: readonly [StartApplicationRequest, StartApplicationResponse];
  readonly StopApplication: readonly [StopApplicationRequest, StopApplicationResponse];
  readonly StartJobRun: readonly [StartJobRunRequest, StartJobRunResponse];
  readonly GetJobRun: readonly [GetJobRunRequest, GetJobRunResponse];
  readonly ListJobRuns: readonly [ListJobRunsRequest, ListJobRunsResponse];
  readonly CancelJobRun: readonly [CancelJobRunRequest, CancelJobRunResponse];
}
export type EmrServerlessSend = Send<EmrServerlessOperations>;

/** Sends to EMR Serverless. */
export function emrServerlessSend(
  clients: Pick<AwsClients, 'region' | 'profile' | 'emrServerless'>
): EmrServerlessSend {
  return senderOf<EmrServerlessOperations>(
    { ...clients, service: 'emr-serverless' },
    clients.emrServerless
  );
}
