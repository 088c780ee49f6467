import { capabilitiesOf } from './release.ts';

/** What Spark needs besides itself to read and write Kafka on AWS; EMR Serverless brings none of it. */
export interface KafkaConnectors {
  /** For `spark.jars.packages`: Spark resolves them, with all they need, over the internet. */
  readonly packages: readonly string[];
  /** Files that together are the same, for a bucket from which Spark without the internet takes them. */
  readonly jars: readonly string[];
}

/** Login with IAM for clients on the JVM; the `-all` file has what it needs in it. https://github.com/aws/aws-msk-iam-auth */
const MSK_IAM_AUTH = '2.3.5';

/** Of `kafka.version` and `commons-pool2.version` in the pom.xml of https://github.com/apache/spark, by its minor version. */
const NEEDS: Readonly<Record<string, { readonly kafka: string; readonly pool: string }>> = {
  '3.5': { kafka: '3.4.1', pool: '2.11.1' },
  '4.0': { kafka: '3.9.0', pool: '2.12.0' },
  '4.1': { kafka: '3.9.1', pool: '2.12.1' }
};

/**
 * The connectors for a release: `emr-7.…` has Spark 3.5 with Scala 2.12, `emr-spark-8.…` Spark 4 with 2.13. HR_USAGE for
 * a line that is not known.
 */
export function connectorsFor(release: string): KafkaConnectors {
  const { spark, scala } = capabilitiesOf(release);
  const needs = NEEDS[spark.split('.').slice(0, 2).join('.')];
  return {
    packages: [
      `org.apache.spark:spark-sql-kafka-0-10_${scala}:${spark}`,
      `software.amazon.msk:aws-msk-iam-auth:${MSK_IAM_AUTH}`
    ],
    jars: [
      `spark-sql-kafka-0-10_${scala}-${spark}.jar`,
      `spark-token-provider-kafka-0-10_${scala}-${spark}.jar`,
      ...(needs === undefined
        ? []
        : [`kafka-clients-${needs.kafka}.jar`, `commons-pool2-${needs.pool}.jar`]),
      `aws-msk-iam-auth-${MSK_IAM_AUTH}-all.jar`
    ]
  };
}

/** Spark settings that bring the connectors: from a folder such as `s3://bucket/jars`, or by Maven without one. */
export function connectorConf(release: string, folder?: string): Readonly<Record<string, string>> {
  const { packages, jars } = connectorsFor(release);
  if (folder === undefined) return { 'spark.jars.packages': packages.join(',') };
  const base = folder.replace(/\/+$/, '');
  return { 'spark.jars': jars.map(jar => `${base}/${jar}`).join(',') };
}
