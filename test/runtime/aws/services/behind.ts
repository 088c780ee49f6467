const KAFKA_CLIENT = 'Kafka asks IAM itself when a client speaks to it';

/** `Sid action` that neither a call of the program nor a stack of the tests asks for, and who does. */
export const BEHIND: ReadonlyMap<string, string> = new Map([
  ...[
    'AlterGroup',
    'AlterTopic',
    'AlterTopicDynamicConfiguration',
    'DescribeCluster',
    'DescribeGroup',
    'ReadData',
    'WriteData',
    'WriteDataIdempotently'
  ].map((name): [string, string] => [`Topics kafka-cluster:${name}`, KAFKA_CLIENT]),
  ['Bucket s3:AbortMultipartUpload', 'a destroy, where an upload was cut off'],
  ['Images ssm:GetParameters', 'EC2, which reads in a launch template where its image is named'],
  ['OwnTunnels ssmmessages:OpenDataChannel', 'the plugin of Session Manager, for its session'],
  ['ScramKeys kms:Decrypt', 'Secrets Manager, which reads a secret with the key'],
  ['ScramKeys kms:GenerateDataKey', 'Secrets Manager, which writes a secret with the key'],
  ['JobsOnEks emr-containers:DeleteManagedEndpoint', 'a destroy, where somebody made an endpoint'],
  ['PodIdentities eks:DescribeCluster', 'EMR, which looks at the cluster of a virtual cluster']
]);
