import type { KafkaAuthRecord } from '../../../runtime/kafka/auth-record.ts';
import { HeadraceError } from '../../../shared/errors.ts';
import { requireFile } from '../../files/notebook-file.ts';
import { refuse } from './refuse.ts';

export interface KafkaAuthArguments {
  readonly auth?: KafkaAuthRecord['kind'] | undefined;
  readonly user?: string | undefined;
  readonly passwordEnv?: string | undefined;
  readonly passwordFile?: string | undefined;
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

/** Ports of MSK by what clients prove who they are with. https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html */
const MSK_PORTS: Readonly<Record<string, KafkaAuthRecord['kind']>> = {
  9092: 'none',
  9094: 'tls',
  9194: 'tls',
  9096: 'scram',
  9196: 'scram',
  9098: 'iam',
  9198: 'iam'
};
const MSK_BROKER = /\.kafka(?:-serverless)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?:(\d+)$/;

/** What the ports of MSK brokers say, or null for other brokers. */
export function authByPorts(brokers: readonly string[]): KafkaAuthRecord['kind'] | null {
  const kinds = brokers.map(broker => MSK_PORTS[MSK_BROKER.exec(broker)?.[1] ?? ''] ?? null);
  const [first = null] = kinds;
  return kinds.every(kind => kind === first) ? first : null;
}

/**
 * How clients prove to the brokers who they are, without any secret.
 *
 * @throws HR_USAGE where a flag is missing, or the port of MSK is for another way
 */
export async function kafkaAuthFrom(
  given: KafkaAuthArguments,
  brokers: readonly string[],
  region: () => Promise<string>,
  cwd: string
): Promise<KafkaAuthRecord> {
  const kind = kindOf(given, brokers);
  const file = (name: string): Promise<string> => requireFile(cwd, name, 'a PEM file');
  const ca = given.ca === undefined ? {} : { ca: await file(given.ca) };
  switch (kind) {
    case 'none':
      return { kind };
    case 'tls':
      return { kind, ...ca };
    case 'iam':
      return { kind, region: await region(), ...ca };
    case 'scram':
      return { kind, mechanism: 'SCRAM-SHA-512', ...(await scramSecret(given, cwd)), ...ca };
    case 'mtls': {
      if (given.cert === undefined || given.key === undefined)
        throw refuse('needs --cert and --key for --auth mtls');
      const [cert, key] = await Promise.all([file(given.cert), file(given.key)]);
      return { kind, cert, key, ...ca };
    }
  }
}

function kindOf({ auth }: KafkaAuthArguments, brokers: readonly string[]): KafkaAuthRecord['kind'] {
  const byPort = authByPorts(brokers);
  if (auth === undefined) return byPort ?? 'none';
  // Certificates of clients are asked for at the port of plain TLS.
  const asked = auth === 'mtls' ? 'tls' : auth;
  if (byPort === null || byPort === asked) return auth;
  throw new HeadraceError('HR_USAGE', `These brokers cannot be used with --auth ${auth}`, {
    why: `their port is the one of MSK for ${byPort}`,
    next: `Write --auth ${byPort}, or the brokers with the right port.`
  });
}

async function scramSecret(
  { user, passwordEnv, passwordFile }: KafkaAuthArguments,
  cwd: string
): Promise<Pick<Extract<KafkaAuthRecord, { kind: 'scram' }>, 'username' | 'password'>> {
  if (user === undefined) throw refuse('needs --user for --auth scram');
  if ((passwordEnv === undefined) === (passwordFile === undefined))
    throw refuse('needs --password-env or --password-file for --auth scram, one of the two');
  const password =
    passwordEnv === undefined
      ? {
          file: await requireFile(
            cwd,
            passwordFile ?? '',
            'a file whose first line is the password'
          )
        }
      : { env: passwordEnv };
  return { username: user, password };
}
