/** How Spark proves to the brokers who it is, where that needs no secret in the job. */
export type SparkKafkaAuth = 'none' | 'tls' | 'iam';

/** https://github.com/aws/aws-msk-iam-auth#configuring-a-kafka-client-to-use-aws-iam-with-aws_msk_iam-mechanism */
const CLIENT: Readonly<Record<SparkKafkaAuth, Readonly<Record<string, string>>>> = {
  none: {},
  tls: { 'security.protocol': 'SSL' },
  iam: {
    'security.protocol': 'SASL_SSL',
    'sasl.mechanism': 'AWS_MSK_IAM',
    'sasl.jaas.config': 'software.amazon.msk.auth.iam.IAMLoginModule required;',
    'sasl.client.callback.handler.class': 'software.amazon.msk.auth.iam.IAMClientCallbackHandler'
  }
};

export interface SparkKafkaOptions {
  readonly auth: SparkKafkaAuth;
  /** `host:port`. */
  readonly brokers: readonly string[];
  /** Sources name their consumer groups with it, so that a policy can allow just those. */
  readonly groupIdPrefix?: string;
}

/**
 * Options of Spark's Kafka source and sink; the role of the job is the one that is proved.
 * https://spark.apache.org/docs/latest/streaming/structured-streaming-kafka-integration.html
 */
export function sparkKafkaOptions(options: SparkKafkaOptions): Readonly<Record<string, string>> {
  const { auth, brokers, groupIdPrefix } = options;
  const client = Object.entries({ 'bootstrap.servers': brokers.join(','), ...CLIENT[auth] });
  return {
    ...Object.fromEntries(client.map(([name, value]) => [`kafka.${name}`, value])),
    ...(groupIdPrefix === undefined ? {} : { groupIdPrefix })
  };
}
