import type { GetBootstrapBrokersResponse } from '@aws-sdk/client-kafka';
import { HeadraceError } from '../../../shared/errors.ts';
import type { MskSend } from './operations.ts';

/** Kinds of listeners that an MSK cluster can have, those that are preferred first. */
export const BROKER_AUTHS = ['iam', 'tls', 'scram', 'none'] as const;
export type BrokerAuth = (typeof BROKER_AUTHS)[number];

/** Addresses to begin with, and how a client is to prove who it is there. */
export interface BootstrapBrokers {
  /** `tls` is also the listener for clients with a certificate of their own. */
  readonly auth: BrokerAuth;
  /** `host:port`. */
  readonly brokers: readonly string[];
}

export interface BrokerQuery {
  /** ARN of the cluster. */
  readonly cluster: string;
  /** The listener that is wanted; the best that there is without. */
  readonly auth?: BrokerAuth | 'mtls';
  /** Addresses that can be reached from the internet, not only from the VPC. */
  readonly publicOnes: boolean;
}

type Field = keyof GetBootstrapBrokersResponse;

/**
 * Where the answer has them; IPv4 first, which every client network has.
 * https://docs.aws.amazon.com/msk/1.0/apireference/clusters-clusterarn-bootstrap-brokers.html
 */
const PRIVATE_FIELDS: Readonly<Record<BrokerAuth, readonly Field[]>> = {
  iam: ['BootstrapBrokerStringSaslIam', 'BootstrapBrokerStringSaslIamIpv6'],
  tls: ['BootstrapBrokerStringTls', 'BootstrapBrokerStringTlsIpv6'],
  scram: ['BootstrapBrokerStringSaslScram', 'BootstrapBrokerStringSaslScramIpv6'],
  none: ['BootstrapBrokerString', 'BootstrapBrokerStringIpv6']
};
/** MSK opens no listener without encryption to the internet. */
const PUBLIC_FIELDS: Readonly<Record<BrokerAuth, readonly Field[]>> = {
  iam: ['BootstrapBrokerStringPublicSaslIam'],
  tls: ['BootstrapBrokerStringPublicTls'],
  scram: ['BootstrapBrokerStringPublicSaslScram'],
  none: []
};

const SPOKEN: Readonly<Record<BrokerAuth, string>> = {
  iam: 'IAM',
  tls: 'TLS',
  scram: 'SCRAM',
  none: 'unencrypted access'
};

/** The bootstrap brokers of an MSK cluster; HR_ENVIRONMENT where it has none of the wanted kind, saying what it has. */
export async function bootstrapBrokers(
  send: MskSend,
  query: BrokerQuery,
  signal?: AbortSignal
): Promise<BootstrapBrokers> {
  const answer = await send('GetBootstrapBrokers', { ClusterArn: query.cluster }, signal);
  const fields = query.publicOnes ? PUBLIC_FIELDS : PRIVATE_FIELDS;
  for (const auth of wanted(query.auth)) {
    const brokers = brokersIn(answer, fields[auth]);
    if (brokers.length > 0) return { auth, brokers };
  }
  throw missing(query, answer);
}

function wanted(auth: BrokerQuery['auth']): readonly BrokerAuth[] {
  if (auth === undefined) return BROKER_AUTHS;
  return [auth === 'mtls' ? 'tls' : auth];
}

function brokersIn(
  answer: GetBootstrapBrokersResponse,
  fields: readonly Field[]
): readonly string[] {
  const text = fields.map(field => answer[field]).find(one => one !== undefined && one !== '');
  return (text ?? '').split(',').flatMap(one => (one.trim() === '' ? [] : [one.trim()]));
}

function missing(query: BrokerQuery, answer: GetBootstrapBrokersResponse): HeadraceError {
  const [auth] = wanted(query.auth);
  const kind = query.auth === undefined ? '' : ` for ${SPOKEN[auth ?? 'iam']}`;
  const reach = query.publicOnes ? ' that the internet reaches' : '';
  const had = [
    ...listed(answer, PRIVATE_FIELDS).map(one => `${one} in its VPC`),
    ...listed(answer, PUBLIC_FIELDS).map(one => `${one} from the internet`)
  ];
  return new HeadraceError(
    'HR_ENVIRONMENT',
    `The MSK cluster ${clusterName(query.cluster)} has no brokers${kind}${reach}`,
    had.length === 0
      ? { why: 'it names no brokers at all', next: 'Wait until the cluster is active.' }
      : {
          why: `it has ${had.join(', ')}`,
          next: query.publicOnes
            ? 'Switch public access on with --public-brokers, or work from inside the VPC.'
            : 'Choose one of these.'
        }
  );
}

function listed(
  answer: GetBootstrapBrokersResponse,
  fields: Readonly<Record<BrokerAuth, readonly Field[]>>
): string[] {
  return BROKER_AUTHS.filter(auth => brokersIn(answer, fields[auth]).length > 0).map(
    auth => SPOKEN[auth]
  );
}

/** The name in an ARN such as `arn:aws:kafka:eu-west-1:123456789012:cluster/NAME/UUID`; other text as it is. */
export function clusterName(arn: string): string {
  return /:cluster\/([^/]+)\//.exec(arn)?.[1] ?? arn;
}
