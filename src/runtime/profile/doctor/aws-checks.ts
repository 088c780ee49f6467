import type { TargetProfile } from '../profile.ts';
import { parseAddress } from './addresses.ts';
import type { Check, CheckOutcome } from './port.ts';

/** Setting of a session that names the role of its jobs; the endpoint refuses a session without it. */
export const EXECUTION_ROLE_KEY = 'emr-serverless.session.executionRoleArn';
const SERVERLESS = 'emr-serverless.amazonaws.com';

const NO_AWS: CheckOutcome = { state: 'skipped', detail: 'nothing of AWS is used' };

/** Somebody is signed in, and to the account of the profile. */
export const credentialsCheck: Check = {
  name: 'credentials',
  async run({ profile, aws }, signal) {
    if (profile === null || !usesAws(profile)) return NO_AWS;
    const { account, arn } = await (await aws()).identity(signal);
    const wanted = profile.environment?.account ?? account;
    if (wanted === account) return { state: 'ok', detail: masked(arn) };
    return {
      state: 'wrong',
      detail: `you are signed in to account ${masked(account)}, the profile is of ${masked(wanted)}`,
      next: 'Sign in to that account, or set AWS_PROFILE, and restart the kernel.'
    };
  }
};

/** All parts of a profile are in one region. */
export const regionCheck: Check = {
  name: 'region',
  run({ profile }) {
    if (profile === null || !usesAws(profile)) return Promise.resolve(NO_AWS);
    const regions = regionsOf(profile);
    const [first] = regions;
    const other = regions.find(({ region }) => region !== first?.region);
    if (first === undefined)
      return Promise.resolve({ state: 'skipped', detail: 'the profile names no region' });
    if (other === undefined) return Promise.resolve({ state: 'ok', detail: first.region });
    return Promise.resolve({
      state: 'wrong',
      detail: `${first.where} is in ${first.region}, but ${other.where} in ${other.region}`,
      next: `Write the profile again with --region ${other.region} or the right addresses.`
    });
  }
};

/** Sessions have a role, and the service may take it on. */
export const roleCheck: Check = {
  name: 'role',
  async run({ profile, aws }, signal) {
    if (profile === null || profile.livy.type !== 'emr-serverless')
      return { state: 'skipped', detail: 'the endpoint takes no role' };
    const role = profile.livy.conf[EXECUTION_ROLE_KEY];
    if (role === undefined)
      return {
        state: 'wrong',
        detail: 'the profile names no execution role',
        next: 'Write it again with --role ARN: sessions of EMR Serverless need one.'
      };
    const services = await (await aws()).trustedServices(role, signal);
    if (services === null)
      return {
        state: 'wrong',
        detail: `there is no role ${masked(role)}`,
        next: 'Write the profile again with --role and the ARN of a role that exists.'
      };
    if (services.includes(SERVERLESS)) return { state: 'ok', detail: masked(role) };
    return {
      state: 'wrong',
      detail: `${SERVERLESS} may not take on ${masked(role)}`,
      next: `Add ${SERVERLESS} to the trust policy of that role.`
    };
  }
};

/** Spark may reach the ports of Kafka. */
export const groupsCheck: Check = {
  name: 'security groups',
  async run({ profile, brokers, aws }, signal) {
    if (profile === null || profile.environment === null)
      return { state: 'skipped', detail: 'the profile names no environment' };
    const ports = [...new Set(brokers.map(broker => parseAddress(broker).port))];
    const closed = await (await aws()).closedPorts(profile.environment, ports, signal);
    if (closed === null)
      return { state: 'skipped', detail: 'the security groups of Kafka and Spark are not known' };
    if (closed.length === 0) return { state: 'ok', detail: `open for Spark: ${ports.join(', ')}` };
    return {
      state: 'wrong',
      detail: `the rules of Kafka do not let Spark in at port ${closed.join(', ')}`,
      next: `Add a rule from the group of Spark, or run %provision aws --apply ${profile.environment.name} again.`
    };
  }
};

function usesAws({ kafkaAuth, livy, environment }: TargetProfile): boolean {
  return environment !== null || kafkaAuth.kind === 'iam' || livy.auth.kind === 'sigv4';
}

interface NamedRegion {
  readonly where: string;
  readonly region: string;
}

/** Hosts of MSK and of EMR Serverless have their region in their names. */
function regionsOf({ environment, kafkaAuth, livy, brokers }: TargetProfile): NamedRegion[] {
  const named = (where: string, region: string | undefined): NamedRegion[] =>
    region === undefined ? [] : [{ where, region }];
  return [
    ...named('the environment', environment?.region),
    ...named('Kafka authentication', kafkaAuth.kind === 'iam' ? kafkaAuth.region : undefined),
    ...brokers.flatMap(broker =>
      named(broker, /\.kafka(?:-serverless)?\.([a-z0-9-]+)\.amazonaws\./.exec(broker)?.[1])
    ),
    ...named('Livy authentication', livy.auth.kind === 'sigv4' ? livy.auth.region : undefined),
    ...named('Livy', /\.emr-serverless-services\.([a-z0-9-]+)\.amazonaws\./.exec(livy.url)?.[1])
  ];
}

/** Notebooks are passed around: an account is shown by its last four digits. */
export function masked(text: string): string {
  return text.replace(/\b\d{8}(\d{4})\b/g, '…$1');
}
