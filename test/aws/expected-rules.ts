import type { EnvironmentSpec } from '../../src/runtime/aws/environment/spec.ts';
import type { Standing } from './deploy.ts';

/** By logical id; what a group lets in and out, sorted. */
export type ExpectedRules = Readonly<
  Record<string, { readonly in: readonly string[]; readonly out: readonly string[] }>
>;

const HTTPS = 'tcp 443-443 0.0.0.0/0';
const NOWHERE = 'icmp -1--1 127.0.0.1/32';

/** Written down again, from Amazon's page, rather than taken from the code under test. https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html */
const PORTS = { iam: 9098, scram: 9096, mtls: 9094, none: 9094 };

function portOf({ kafka, kafkaAuth }: EnvironmentSpec): number {
  return kafka === 'ec2' ? 9092 : PORTS[kafkaAuth];
}

const one = (port: number, who: string) => `tcp ${port}-${port} ${who}`;

/** The groups of the network: Kafka is reached by Spark, by those who are named, and by nobody else. */
function netRules({ of, layers }: Standing): ExpectedRules {
  const { spec, resolved } = of;
  const { KafkaGroup: kafka = '', SparkGroup: spark = '' } = layers.net.names;
  const { BastionGroup: bastion } = layers.kafka.names;
  const port = portOf(spec);
  const isOurs = spec.kafka === 'ec2';
  const brokers = isOurs ? [`tcp 9092-9093 ${kafka}`] : [];
  const clients = [
    ...(bastion === undefined ? [] : [one(9092, bastion)]),
    ...(spec.publicBrokers ? [one(9198, resolved.clientCidr ?? '')] : []),
    ...(resolved.eksSecurityGroup === undefined ? [] : [one(port, resolved.eksSecurityGroup)])
  ];
  return {
    KafkaGroup: {
      in: [one(port, spark), ...brokers, ...clients].sort(),
      out: [isOurs ? HTTPS : NOWHERE, ...brokers].sort()
    },
    SparkGroup: { in: [], out: [HTTPS, one(port, kafka)].sort() }
  };
}

function bastionRules({ layers }: Standing): ExpectedRules {
  const { KafkaGroup: kafka = '' } = layers.net.names;
  const isThere = layers.kafka.names['BastionGroup'] !== undefined;
  return isThere ? { BastionGroup: { in: [], out: [HTTPS, one(9092, kafka)].sort() } } : {};
}

/**
 * The groups that EMR manages, with all rules that it would add itself; 8443 and 9443 became 443 with release 8.
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-man-sec-groups.html
 */
function emrRules({ of: { spec }, layers }: Standing): ExpectedRules {
  if (spec.spark !== 'emr-ec2') return {};
  const { PrimaryGroup: primary = '', CoreGroup: core = '', ServiceGroup: emr } = layers.spark.names;
  const nodes = [primary, core].flatMap(group => [
    `tcp 0-65535 ${group}`,
    `udp 0-65535 ${group}`,
    `icmp -1--1 ${group}`
  ]);
  if (emr === undefined) {
    const rules = { in: [...nodes].sort(), out: [...nodes, HTTPS].sort() };
    return { PrimaryGroup: rules, CoreGroup: rules };
  }
  const isNew = spec.release.startsWith('emr-spark-');
  const steer = isNew ? 443 : 8443;
  const report = isNew ? 443 : 9443;
  return {
    PrimaryGroup: {
      in: [...nodes, one(steer, emr)].sort(),
      out: [...nodes, HTTPS, one(report, emr)].sort()
    },
    CoreGroup: { in: [...nodes, one(steer, emr)].sort(), out: [...nodes, HTTPS].sort() },
    ServiceGroup: {
      in: [one(report, primary)],
      out: [NOWHERE, one(steer, primary), one(steer, core)].sort()
    }
  };
}

/** What every security group of an environment has to let in and out. */
export function expectedRules(standing: Standing): ExpectedRules {
  return { ...netRules(standing), ...bastionRules(standing), ...emrRules(standing) };
}
