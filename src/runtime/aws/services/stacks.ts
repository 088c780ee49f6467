import { HeadraceError } from '../../../shared/errors.ts';
import type { KafkaAuthRecord } from '../../kafka/auth-record.ts';
import type { LivyTarget } from '../../livy/target.ts';
import type { ResolvedStack, StackResolver } from '../../profile/stack-resolver.ts';
import { persist } from '../control/patience.ts';
import type { StackResourceView, StackView } from '../control/port.ts';
import { describeApplication } from '../emr/serverless/application.ts';
import { livyTarget } from '../emr/serverless/target.ts';
import { accountOf, environmentStatus } from '../engine/status.ts';
import { isGone } from '../engine/statuses.ts';
import { TAGS } from '../environment/spec.ts';
import { bootstrapBrokers, type BrokerAuth } from '../msk/brokers.ts';
import { OUTPUTS } from '../template/types.ts';
import type { AwsServicesOptions } from './options.ts';
import type { AwsPlace } from './place.ts';
import { serverlessUrl } from './reach-spark.ts';
import { requireRegion } from './region.ts';
import { specIn } from './stack-plans.ts';

/** All that the stacks tell: one that somebody made, or those of an environment together. */
interface Told {
  readonly outputs: Readonly<Record<string, string>>;
  readonly resources: readonly StackResourceView[];
}

/** Finds Kafka and Livy through what a stack made, and through its outputs where it made neither itself. */
export function createStackResolver(
  placeIn: (region: string) => AwsPlace,
  options: AwsServicesOptions
): StackResolver {
  return {
    async resolve(name, region, signal) {
      const place = placeIn(await requireRegion(region));
      const { world } = place;
      const stack = await persist(world, signal, () => world.stacks.describe(name, signal));
      if (isGone(stack)) throw noStack(name, place.region);
      const told = await tellingOf(stack, place, signal);
      const { account } = await persist(world, signal, () => place.account.caller(signal));
      return {
        ...(await kafkaIn(told, place, signal)),
        livy: await livyIn(told, place, options, signal),
        environment: {
          name: stack.tags[TAGS.environment] ?? stack.name,
          region: place.region,
          account: accountOf(stack.id) ?? account
        }
      };
    }
  };
}

async function tellingOf(stack: StackView, place: AwsPlace, signal: AbortSignal): Promise<Told> {
  const { world } = place;
  const environment = stack.tags[TAGS.environment];
  if (environment === undefined) {
    const resources = await persist(world, signal, () => world.stacks.resources(stack.id, signal));
    return { outputs: stack.outputs, resources };
  }
  const { outputs } = await environmentStatus(environment, world, signal);
  return { outputs: { ...outputs.net, ...outputs.kafka, ...outputs.spark }, resources: [] };
}

function made({ resources }: Told, ...types: readonly string[]): string | undefined {
  return resources.find(({ type }) => types.includes(type))?.physicalId ?? undefined;
}

/** The value of the output of that name, or else of any output that looks like one. */
function said({ outputs }: Told, name: string, pattern: RegExp): string | undefined {
  return outputs[name] ?? Object.values(outputs).find(value => pattern.test(value));
}

async function kafkaIn(
  told: Told,
  { msk, region }: AwsPlace,
  signal: AbortSignal
): Promise<Pick<ResolvedStack, 'brokers' | 'kafkaAuth'>> {
  const cluster =
    made(told, 'AWS::MSK::Cluster', 'AWS::MSK::ServerlessCluster') ??
    said(told, OUTPUTS.kafka.cluster, /^arn:[^:]+:kafka:[^:]+:\d+:cluster\//);
  if (cluster !== undefined) {
    const publicOnes = specIn({ net: told.outputs })?.publicBrokers ?? false;
    const { auth, brokers } = await bootstrapBrokers(msk, { cluster, publicOnes }, signal);
    return { brokers, kafkaAuth: recordOf(auth, region) };
  }
  const listed = told.outputs[OUTPUTS.kafka.brokers];
  return listed === undefined
    ? { brokers: null, kafkaAuth: null }
    : { brokers: listed.split(','), kafkaAuth: { kind: 'none' } };
}

/** Of a user with a password only the person knows the name. */
function recordOf(auth: BrokerAuth, region: string): KafkaAuthRecord | null {
  if (auth === 'iam') return { kind: 'iam', region };
  return auth === 'scram' ? null : { kind: auth };
}

/** Livy of EMR Serverless; that of a cluster on EC2 has no address outside its network. */
async function livyIn(
  told: Told,
  { serverless, region }: AwsPlace,
  options: AwsServicesOptions,
  signal: AbortSignal
): Promise<LivyTarget | null> {
  const application =
    made(told, 'AWS::EMRServerless::Application') ?? told.outputs[OUTPUTS.spark.application];
  const executionRoleArn = said(told, OUTPUTS.spark.executionRole, /^arn:[^:]+:iam::\d+:role\//);
  if (application === undefined || executionRoleArn === undefined) return null;
  const { release, livy } = await describeApplication(serverless, application, signal);
  if (!livy) return null;
  const url = serverlessUrl(application, options);
  return livyTarget({ application, region, release, executionRoleArn, ...url });
}

function noStack(name: string, region: string): HeadraceError {
  return new HeadraceError('HR_ENVIRONMENT', `There is no stack ${name} in ${region}`, {
    next: 'Check its name and the --region.'
  });
}
