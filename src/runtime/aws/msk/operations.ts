import type {
  CreateTopicRequest,
  CreateTopicResponse,
  DeleteTopicRequest,
  DeleteTopicResponse,
  DescribeClusterOperationV2Request,
  DescribeClusterOperationV2Response,
  DescribeClusterV2Request,
  DescribeClusterV2Response,
  DescribeTopicPartitionsRequest,
  DescribeTopicPartitionsResponse,
  DescribeTopicRequest,
  DescribeTopicResponse,
  GetBootstrapBrokersRequest,
  GetBootstrapBrokersResponse,
  ListKafkaVersionsRequest,
  ListKafkaVersionsResponse,
  ListTopicsRequest,
  ListTopicsResponse,
  UpdateConnectivityRequest,
  UpdateConnectivityResponse
} from '@aws-sdk/client-kafka';
import { senderOf, type Send } from '../control/send.ts';
import type { AwsClients } from '../control/clients.ts';

/** The operations of Amazon MSK that the runtime uses. https://docs.aws.amazon.com/msk/1.0/apireference/operations.html */
export interface MskOperations {
  readonly GetBootstrapBrokers: readonly [GetBootstrapBrokersRequest, GetBootstrapBrokersResponse];
  readonly DescribeClusterV2: readonly [DescribeClusterV2Request, DescribeClusterV2Response];
  readonly DescribeClusterOperationV2: readonly [
    DescribeClusterOperationV2Request,
    DescribeClusterOperationV2Response
  ];
  readonly ListKafkaVersions: readonly [ListKafkaVersionsRequest, ListKafkaVersionsResponse];
  readonly UpdateConnectivity: readonly [UpdateConnectivityRequest, UpdateConnectivityResponse];
  readonly CreateTopic: readonly [CreateTopicRequest, CreateTopicResponse];
  readonly DeleteTopic: readonly [DeleteTopicRequest, DeleteTopicResponse];
  readonly DescribeTopic: readonly [DescribeTopicRequest, DescribeTopicResponse];
  readonly DescribeTopicPartitions: readonly [
    DescribeTopicPartitionsRequest,
    DescribeTopicPartitionsResponse
  ];
  readonly ListTopics: readonly [ListTopicsRequest, ListTopicsResponse];
}
export type MskSend = Send<MskOperations>;

/** Sends to Amazon MSK. */
export function mskSend(clients: Pick<AwsClients, 'region' | 'profile' | 'kafka'>): MskSend {
  return senderOf<MskOperations>({ ...clients, service: 'kafka' }, clients.kafka);
}
