import {
  brokerAddress,
  targetProfileSchema,
  type TargetProfile
} from '../../../runtime/profile/profile.ts';
import type { ResolvedStack } from '../../../runtime/profile/stack-resolver.ts';
import { needsSecret } from '../../../runtime/kafka/auth-record.ts';
import type { CellContext } from '../../contract.ts';
import { kafkaAuthFrom, type KafkaAuthArguments } from './auth.ts';
import { livyFrom, type LivyArguments } from './livy.ts';
import { refuse } from './refuse.ts';

export interface AttachArguments extends KafkaAuthArguments, LivyArguments {
  readonly as: string;
  readonly brokers?: string | undefined;
  readonly stack?: string | undefined;
  readonly region?: string | undefined;
  readonly throughSpark: boolean;
}

/** Hosts of MSK and EMR Serverless have their region in their names. */
const REGION_IN_HOST =
  /\.(?:kafka|kafka-serverless|emr-serverless-services)\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\./;

/** The profile that the flags describe, completed by what a CloudFormation stack tells. */
export async function profileFrom(
  given: AttachArguments,
  context: CellContext
): Promise<TargetProfile> {
  const stack = await resolveStack(given, context);
  const brokers = brokersFrom(given, stack);
  const livy = stack?.livy ?? null;
  const addresses = [...brokers, given.livy ?? livy?.url ?? ''];
  const region = (): Promise<string> => regionOf(given, addresses, stack, context);
  const kept =
    given.auth === undefined && given.brokers === undefined ? stack?.kafkaAuth : undefined;
  const kafkaAuth = kept ?? (await kafkaAuthFrom(given, brokers, region, context.cwd));
  return targetProfileSchema.parse({
    name: given.as,
    kind: 'attach',
    brokers,
    kafkaAuth,
    reach: reachFrom(given, kafkaAuth),
    livy: await livyFrom(given, livy, region, context.cwd),
    environment: stack?.environment ?? null
  });
}

/** @throws HR_USAGE where the login needs a secret that Spark would show */
function reachFrom(
  { throughSpark }: AttachArguments,
  kafkaAuth: TargetProfile['kafkaAuth']
): TargetProfile['reach'] {
  if (!throughSpark) return 'direct';
  if (!needsSecret(kafkaAuth)) return 'relay';
  throw refuse(
    `cannot use --through-spark with --auth ${kafkaAuth.kind}: the secret would be in statements`,
    'Use brokers with IAM, TLS or none, or a kernel that reaches them.'
  );
}

async function resolveStack(
  { stack, region }: AttachArguments,
  { runtime, signal }: CellContext
): Promise<ResolvedStack | null> {
  if (stack === undefined) return null;
  const { stacks } = await runtime.targets.aws();
  return stacks.resolve(stack, region ?? null, signal);
}

function brokersFrom({ brokers, stack }: AttachArguments, found: ResolvedStack | null): string[] {
  const list = brokers === undefined ? [...(found?.brokers ?? [])] : splitList(brokers);
  if (list.length === 0)
    throw refuse(
      'needs --brokers HOST:PORT,…',
      stack === undefined
        ? 'Add them, or name a CloudFormation stack with --stack.'
        : `The stack ${stack} tells none.`
    );
  const bad = list.find(broker => !brokerAddress.safeParse(broker).success);
  if (bad !== undefined)
    throw refuse(
      `cannot use the broker ${bad}: it must be HOST:PORT`,
      'Such as b-1.example.org:9092.'
    );
  return list;
}

async function regionOf(
  { region }: AttachArguments,
  addresses: readonly string[],
  stack: ResolvedStack | null,
  { runtime }: CellContext
): Promise<string> {
  const named = addresses
    .map(each => REGION_IN_HOST.exec(each)?.[1])
    .find(each => each !== undefined);
  const known = region ?? named ?? stack?.environment.region;
  if (known !== undefined) return known;
  const found = await runtime.targets
    .aws()
    .then(({ environments }) => environments.defaultRegion())
    .catch(() => null);
  if (found === null) throw refuse('needs --region', 'No address and no setting of AWS names one.');
  return found;
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '');
}
