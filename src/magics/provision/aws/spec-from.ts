import {
  environmentSpecSchema,
  type EnvironmentSpec,
  type KafkaAuth,
  type KafkaKind
} from '../../../runtime/aws/environment/spec.ts';
import type { AwsArguments } from './arguments.ts';
import { refuse } from './refuse.ts';

/** Flags that say what an environment is; the others say what to do with it. */
const DESCRIBING = [
  'region',
  'vpc',
  'vpcSubnets',
  'subnets',
  'kafka',
  'kafkaAuth',
  'spark',
  'size',
  'ttl',
  'release',
  'eksCluster',
  'eksNamespace'
] as const satisfies readonly (keyof AwsArguments)[];

/** Whether the flags say anything of what the environment is. */
export function describesEnvironment(args: AwsArguments): boolean {
  return args.publicBrokers || DESCRIBING.some(key => args[key] !== undefined);
}

/**
 * What a person asks for, by the flags alone.
 *
 * @throws HR_USAGE where two of them do not go together
 */
export function specFrom(name: string, region: string, args: AwsArguments): EnvironmentSpec {
  const kafka = args.kafka ?? 'msk';
  const spark = args.spark ?? 'emr-serverless';
  const kafkaAuth = authFor(kafka, args);
  const given = {
    subnets: subnetsFor(kafka, args),
    size: args.size,
    ttlMs: args.ttl,
    release: args.release
  };
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  const result = environmentSpecSchema.safeParse({
    name,
    region,
    vpc: vpcFrom(args),
    kafka,
    kafkaAuth,
    spark,
    publicBrokers: args.publicBrokers,
    eks: eksFrom(spark, args),
    ...Object.fromEntries(known)
  });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw refuse(`cannot be used: ${issue?.path.join('.') ?? 'the flags'}: ${issue?.message ?? ''}`);
}

function vpcFrom({ vpc = 'new', vpcSubnets }: AwsArguments): unknown {
  if (vpc === 'new') {
    if (vpcSubnets === undefined) return 'new';
    throw refuse('has --vpc-subnets for a new network', 'Add --vpc and the id of theirs.');
  }
  const subnets = (vpcSubnets ?? '')
    .split(',')
    .map(each => each.trim())
    .filter(each => each !== '');
  if (subnets.length < 2)
    throw refuse('needs two subnets at least for --vpc ID', 'Name them with --vpc-subnets A,B,C.');
  const bad = subnets.find(each => !/^subnet-[0-9a-f]+$/.test(each));
  if (bad !== undefined)
    throw refuse(`cannot use the subnet ${bad}`, 'Ids are like subnet-0a1b2c.');
  return { id: vpc, subnets };
}

function authFor(kafka: KafkaKind, { kafkaAuth }: AwsArguments): KafkaAuth {
  if (kafka === 'msk') return kafkaAuth ?? 'iam';
  const only = kafka === 'ec2' ? 'none' : 'iam';
  if (kafkaAuth === undefined || kafkaAuth === only) return only;
  throw refuse(`cannot make ${kafka} with --kafka-auth ${kafkaAuth}`, `It knows ${only} only.`);
}

/** MSK gives public addresses in public subnets only; https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html */
function subnetsFor(
  kafka: KafkaKind,
  { publicBrokers, subnets }: AwsArguments
): EnvironmentSpec['subnets'] | undefined {
  if (!publicBrokers) return subnets;
  if (kafka !== 'msk') throw refuse(`has --public-brokers with --kafka ${kafka}`, 'It is for msk.');
  if (subnets === 'private')
    throw refuse('has --public-brokers in private subnets', 'Write --subnets public.');
  return 'public';
}

function eksFrom(spark: string, { eksCluster, eksNamespace }: AwsArguments): unknown {
  if (spark === 'emr-eks') {
    if (eksCluster === undefined)
      throw refuse('needs --eks-cluster NAME for emr-eks', 'It runs on a cluster that is there.');
    return { cluster: eksCluster, namespace: eksNamespace ?? 'default' };
  }
  if (eksCluster === undefined && eksNamespace === undefined) return null;
  throw refuse(`has flags of EKS with --spark ${spark}`, 'Write --spark emr-eks.');
}
