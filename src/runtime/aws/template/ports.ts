import type { EnvironmentSpec, KafkaAuth } from '../environment/spec.ts';

/** https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html */
const MSK_PORTS: Readonly<Record<KafkaAuth, number>> = {
  iam: 9098,
  scram: 9096,
  mtls: 9094,
  none: 9094
};

/** Where IAM is asked for by clients outside the VPC. */
export const PUBLIC_IAM_PORT = 9198;
/** Kafka on EC2: clients and the other brokers, and the controllers among themselves. */
export const PLAIN_PORT = 9092;
export const CONTROLLER_PORT = 9093;

/** The port at which clients inside the VPC reach the brokers. */
export function clientPort({ kafka, kafkaAuth }: Pick<EnvironmentSpec, 'kafka' | 'kafkaAuth'>) {
  if (kafka === 'ec2') return PLAIN_PORT;
  return kafka === 'msk-serverless' ? MSK_PORTS.iam : MSK_PORTS[kafkaAuth];
}
