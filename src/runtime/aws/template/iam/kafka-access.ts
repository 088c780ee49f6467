import { arnOf, prefixOf, type LayerContext } from '../context.ts';
import { OUTPUTS, type Value } from '../types.ts';
import { ref } from '../values.ts';
import { allow } from './policy.ts';

/** MSK takes secrets with this beginning only. https://docs.aws.amazon.com/msk/latest/developerguide/msk-password.html */
export function secretName(context: Pick<LayerContext, 'spec'>): string {
  return `AmazonMSK_${prefixOf(context.spec)}`;
}

/** See `streamTopic`. */
const INTERNAL_TOPICS = '_headrace.*';

/** Topics and groups of the cluster. The identity of a cluster is part of each name, and changes when it is made anew. */
function inCluster(context: LayerContext, kind: 'topic' | 'group', name = '*'): string {
  return arnOf(context, 'kafka', `${kind}/${prefixOf(context.spec)}/*/${name}`);
}

/**
 * Spark as a client: it reads and writes topics, and makes those of the results of streams; others where it makes them
 * for a kernel outside, since the API of MSK has the topics of provisioned clusters only.
 * https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html
 */
function iamStatements(context: LayerContext): readonly Value[] {
  return [
    allow({
      sid: 'KafkaCluster',
      actions: [
        'kafka-cluster:Connect',
        'kafka-cluster:DescribeCluster',
        'kafka-cluster:WriteDataIdempotently'
      ],
      resources: [ref(OUTPUTS.kafka.cluster)]
    }),
    allow({
      sid: 'KafkaTopics',
      actions: [
        'kafka-cluster:DescribeTopic',
        'kafka-cluster:DescribeTopicDynamicConfiguration',
        'kafka-cluster:ReadData',
        'kafka-cluster:WriteData'
      ],
      resources: [inCluster(context, 'topic')]
    }),
    ...administration(context),
    allow({
      sid: 'KafkaGroups',
      actions: ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'],
      resources: [inCluster(context, 'group')]
    })
  ];
}

function administration(context: LayerContext): readonly Value[] {
  if (context.spec.kafka === 'msk-serverless')
    return [
      allow({
        sid: 'KafkaAdministration',
        actions: ['kafka-cluster:CreateTopic', 'kafka-cluster:DeleteTopic'],
        resources: [inCluster(context, 'topic')]
      })
    ];
  return [
    allow({
      sid: 'KafkaResults',
      actions: ['kafka-cluster:CreateTopic'],
      resources: [inCluster(context, 'topic', INTERNAL_TOPICS)]
    })
  ];
}

/** Spark reads the name and the password itself, so that they are in no job. */
function scramStatements(context: LayerContext): readonly Value[] {
  const secret = arnOf(context, 'secretsmanager', `secret:${secretName(context)}-*`);
  return [
    allow({
      sid: 'KafkaSecret',
      actions: ['secretsmanager:GetSecretValue'],
      resources: [secret]
    }),
    allow({
      sid: 'KafkaSecretKey',
      actions: ['kms:Decrypt'],
      resources: [arnOf(context, 'kms', 'key/*')],
      condition: { ArnLike: { 'kms:EncryptionContext:SecretARN': secret } }
    })
  ];
}

/** Whether clients prove who they are with IAM. */
export function usesIam({ spec }: Pick<LayerContext, 'spec'>): boolean {
  return spec.kafka === 'msk-serverless' || (spec.kafka === 'msk' && spec.kafkaAuth === 'iam');
}

/** What a role needs to use Kafka; nothing where Kafka does not ask AWS who somebody is. */
export function kafkaStatements(context: LayerContext): readonly Value[] {
  if (usesIam(context)) return iamStatements(context);
  return context.spec.kafka === 'msk' && context.spec.kafkaAuth === 'scram'
    ? scramStatements(context)
    : [];
}
