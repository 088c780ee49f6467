/** Actions of S3 have other names in policies. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
const S3: Readonly<Record<string, string>> = {
  HeadBucket: 's3:ListBucket',
  ListObjectsV2: 's3:ListBucket',
  ListObjectVersions: 's3:ListBucketVersions',
  ListMultipartUploads: 's3:ListBucketMultipartUploads',
  HeadObject: 's3:GetObject'
};

/** https://docs.aws.amazon.com/msk/latest/developerguide/msk-topic-operations-information.html */
const TOPICS: Readonly<Record<string, readonly string[]>> = {
  CreateTopic: ['CreateTopic'],
  DescribeTopic: ['DescribeTopic', 'DescribeTopicDynamicConfiguration'],
  DescribeTopicPartitions: ['DescribeTopic', 'DescribeTopicDynamicConfiguration'],
  ListTopics: ['DescribeTopic'],
  UpdateTopic: ['AlterTopic', 'AlterTopicDynamicConfiguration', 'DescribeTopic'],
  DeleteTopic: ['DeleteTopic']
};

/** What a policy has to allow for a call. */
export function permissionsOf(service: string, action: string): readonly string[] {
  if (service === 'livy') return ['emr-serverless:AccessLivyEndpoints'];
  // Whoever deletes objects by version needs both. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
  if (service === 's3' && action === 'DeleteObjects')
    return ['s3:DeleteObject', 's3:DeleteObjectVersion'];
  if (service === 's3') return [S3[action] ?? `s3:${action}`];
  const topic = service === 'kafka' ? TOPICS[action] : undefined;
  if (topic !== undefined)
    return [`kafka:${action}`, ...['Connect', ...topic].map(name => `kafka-cluster:${name}`)];
  const own = `${service}:${action}`;
  return action === 'StartJobRun' && service === 'emr-serverless' ? [own, 'iam:PassRole'] : [own];
}
