import { HeadraceError, interrupted } from '../../../shared/errors.ts';
import { needsSecret } from '../../kafka/auth-record.ts';
import { parseAddress } from '../../profile/doctor/addresses.ts';
import { createNetworkProbes } from '../../profile/doctor/network.ts';
import { REACHES, type Reach, type TargetProfile } from '../../profile/profile.ts';
import type { EnvironmentSpec } from '../environment/spec.ts';
import type { Hands } from './hands.ts';
import type { AwsServicesOptions } from './options.ts';

/** Says how brokers are reached, in place of a try. */
const REACH = 'HEADRACE_REACH';
type Connect = NonNullable<AwsServicesOptions['connect']>;

/** A firewall that drops packets answers nothing, milliseconds. */
const TRY_MS = 3_000;

/**
 * How this machine reaches the brokers of an environment: itself where one of them takes a connection, such as from
 * inside the network or over a VPN, else through Spark.
 */
export async function reachOf(
  { publicBrokers, name }: Pick<EnvironmentSpec, 'publicBrokers' | 'name'>,
  { brokers, kafkaAuth }: Pick<TargetProfile, 'brokers' | 'kafkaAuth'>,
  { options, signal, step, notice }: Pick<Hands, 'options' | 'signal' | 'step' | 'notice'>
): Promise<Reach> {
  const asked = askedReach(options.env[REACH]);
  if (asked !== null) return asked;
  if (publicBrokers) return 'direct';
  step('Trying whether the brokers answer here');
  if (await anyAnswers(brokers, options, signal)) return 'direct';
  if (!needsSecret(kafkaAuth)) return 'relay';
  notice(
    `The brokers of ${name} do not answer here, and Spark cannot pass records on without the secret of ${kafkaAuth.kind}: topics, producers and views need a kernel inside the network.`
  );
  return 'direct';
}

async function anyAnswers(
  brokers: readonly string[],
  options: AwsServicesOptions,
  signal: AbortSignal
): Promise<boolean> {
  const network = createNetworkProbes();
  const connect: Connect = options.connect ?? ((...to) => network.connect(...to));
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TRY_MS)]);
  const tries = brokers.map(broker => {
    const { host, port } = parseAddress(broker);
    return connect(host, port, limit);
  });
  const answers = await Promise.any(tries).then(
    () => true,
    () => false
  );
  if (signal.aborted) throw interrupted('the brokers were not tried to the end');
  return answers;
}

function askedReach(value: string | undefined): Reach | null {
  if (value === undefined || value === '') return null;
  const known = REACHES.find(each => each === value);
  if (known !== undefined) return known;
  throw new HeadraceError('HR_USAGE', `${REACH} cannot be ${value}`, {
    why: `it is ${REACHES.join(' or ')}`
  });
}
