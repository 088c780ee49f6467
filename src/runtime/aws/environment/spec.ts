import { z } from 'zod';

/** Kafka that an environment can have. https://docs.aws.amazon.com/msk/latest/developerguide/what-is-msk.html */
export const KAFKA_KINDS = ['msk', 'msk-serverless', 'ec2'] as const;
export type KafkaKind = (typeof KAFKA_KINDS)[number];

/** Spark that an environment can have. */
export const SPARK_KINDS = ['emr-serverless', 'emr-ec2', 'emr-eks'] as const;

export const SIZES = ['dev', 'standard', 'large'] as const;
export type EnvironmentSize = (typeof SIZES)[number];

/** Where the Kafka and Spark machines stand. `public` has no NAT gateway, `private` has one. */
export const SUBNET_KINDS = ['public', 'private'] as const;

/** How clients of an MSK cluster or of Kafka on EC2 prove who they are. MSK Serverless knows `iam` only, EC2 `none`. */
export const KAFKA_AUTHS = ['iam', 'scram', 'mtls', 'none'] as const;
export type KafkaAuth = (typeof KAFKA_AUTHS)[number];

export const ENVIRONMENT_NAME = /^[a-z][a-z0-9-]{0,23}[a-z0-9]$/;
export const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** https://docs.aws.amazon.com/emr/latest/ReleaseGuide/ */
export const RELEASE =
  /^emr-(?:\d+\.\d+\.\d+|spark-\d+\.\d+(?:\.\d+)?(?:-preview)?)(?:-latest|-\d{8})?$/;
export const DEFAULT_RELEASE = 'emr-7.14.0';

const vpcSchema = z.union([
  z.literal('new'),
  z.strictObject({
    id: z.string().regex(/^vpc-[0-9a-f]+$/),
    /** At least two, in distinct availability zones; three for MSK with three brokers. */
    subnets: z.array(z.string().regex(/^subnet-[0-9a-f]+$/)).min(2)
  })
]);

/** What a person asks for. Everything else follows from it and from what `resolve` finds. */
export const environmentSpecSchema = z.strictObject({
  /** Prefix of all names, typed by a person to apply and to destroy. */
  name: z.string().regex(ENVIRONMENT_NAME),
  region: z.string().regex(REGION),
  vpc: vpcSchema.default('new'),
  subnets: z.enum(SUBNET_KINDS).default('private'),
  kafka: z.enum(KAFKA_KINDS).default('msk'),
  kafkaAuth: z.enum(KAFKA_AUTHS).default('iam'),
  spark: z.enum(SPARK_KINDS).default('emr-serverless'),
  release: z.string().regex(RELEASE).default(DEFAULT_RELEASE),
  size: z.enum(SIZES).default('dev'),
  /** Milliseconds from apply until the environment is to be gone. */
  ttlMs: z
    .number()
    .int()
    .positive()
    .default(8 * 3_600_000),
  /** Brokers that can be reached from the internet, with TLS and IAM. */
  publicBrokers: z.boolean().default(false),
  /** The EKS cluster that is there already, for `emr-eks`. */
  eks: z
    .strictObject({ cluster: z.string().min(1), namespace: z.string().min(1) })
    .nullable()
    .default(null)
});
export type EnvironmentSpec = z.infer<typeof environmentSpecSchema>;

/** What the account and the region add to a spec; all of it was read, nothing is a guess. */
export interface Resolved {
  /** 12 digits. */
  readonly account: string;
  readonly partition: 'aws' | 'aws-cn' | 'aws-us-gov';
  /** Availability zones by name, distinct, that every service of the spec can use; two or three. */
  readonly zones: readonly string[];
  /** ARN of who asks. */
  readonly owner: string;
  /** Identity of the notebook, a tag. */
  readonly notebook: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  /** Addresses that may reach public brokers, such as `203.0.113.7/32`; needed for `publicBrokers` only. */
  readonly clientCidr?: string;
  /** How often the EMR cluster was made, from 1 on; one that has ended is not started again but made anew. */
  readonly generation?: number;
  /** Security group of the given EKS cluster, from which Kafka is reached then; it has the tag `aws:eks:cluster-name`. */
  readonly eksSecurityGroup?: string;
}

/** The three stacks of an environment, in the order in which they are made. */
export const LAYERS = ['net', 'kafka', 'spark'] as const;
export type Layer = (typeof LAYERS)[number];

export function stackName(environment: string, layer: Layer): string {
  return `headrace-${environment}-${layer}`;
}

/** The tags by which Headrace knows its own; nothing without them is ever changed or deleted. */
export const TAGS = {
  environment: 'headrace:environment',
  layer: 'headrace:layer',
  owner: 'headrace:owner',
  notebook: 'headrace:notebook',
  /** ISO 8601. */
  expiresAt: 'headrace:expires-at'
} as const;
