import type { Clock } from '../../clock.ts';
import type { AwsCredentials } from '../../livy/auth/sigv4.ts';
import { toAwsError } from '../control/errors.ts';

export interface IamTokenOptions {
  readonly region: string;
  /** Asked for each new token; keeps and renews what it has. */
  readonly credentials: () => Promise<AwsCredentials>;
  readonly clock: Clock;
}

const SERVICE = 'kafka-cluster';
const ACTION = 'kafka-cluster:Connect';
/** The longest that a broker takes, seconds. */
const LIFETIME_S = 900;
/** A token with less of its life left is not used any more: it has to reach the broker, and clocks differ. */
const MARGIN_MS = 3 * 60_000;
/** The brokers log it; like the signers of AWS this one adds it behind the signature. */
const USER_AGENT = 'headrace';

interface Token {
  readonly text: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/**
 * Tokens with which a Kafka client proves to MSK who it is, for SASL/OAUTHBEARER: a presigned URL of the action
 * `kafka-cluster:Connect` as base64url, https://github.com/aws/aws-msk-iam-sasl-signer-js. A token is made anew when
 * less than three minutes of it are left; callers at the same time share it. Rejects with HR_AWS_CREDENTIALS. The
 * signer is loaded with the first token: most notebooks need none.
 */
export function iamTokenProvider(options: IamTokenOptions): () => Promise<string> {
  let current: Token | null = null;
  let coming: Promise<Token> | null = null;
  const renew = async (): Promise<Token> => {
    try {
      current = await createToken(options);
      return current;
    } finally {
      coming = null;
    }
  };
  return async () => {
    if (current !== null && current.expiresAt - options.clock.now() > MARGIN_MS)
      return current.text;
    coming ??= renew();
    return (await coming).text;
  };
}

async function createToken({ region, credentials, clock }: IamTokenOptions): Promise<Token> {
  const call = { action: ACTION, region };
  const keys = await credentials().catch((error: unknown) =>
    Promise.reject(toAwsError(error, call))
  );
  const [{ SignatureV4 }, { Sha256 }] = await Promise.all([
    import('@smithy/signature-v4'),
    import('@aws-crypto/sha256-js')
  ]);
  const signer = new SignatureV4({ service: SERVICE, region, credentials: keys, sha256: Sha256 });
  const now = clock.now();
  const { hostname, path, query } = await signer.presign(connectRequest(region), {
    expiresIn: LIFETIME_S,
    signingDate: new Date(now)
  });
  const url = `https://${hostname}${path}?${queryText(query ?? {})}&User-Agent=${USER_AGENT}`;
  return {
    text: Buffer.from(url, 'utf8').toString('base64url'),
    expiresAt: expiryOf(keys, now)
  };
}

/** The host is the same in every partition. */
function connectRequest(region: string) {
  const hostname = `kafka.${region}.amazonaws.com`;
  return {
    method: 'GET',
    protocol: 'https:',
    hostname,
    path: '/',
    query: { Action: ACTION },
    headers: { host: hostname }
  };
}

/** A token is worth nothing any more when the keys that signed it have expired. */
function expiryOf(keys: AwsCredentials & { readonly expiration?: Date }, now: number): number {
  const own = now + LIFETIME_S * 1000;
  return Math.min(own, keys.expiration?.getTime() ?? own);
}

/** As signatures have it: RFC 3986, so that a space is `%20`. */
function queryText(query: Readonly<Record<string, string | readonly string[] | null>>): string {
  return Object.entries(query)
    .flatMap(([name, value]) => [value ?? ''].flat().map(one => [name, one] as const))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`
  );
}
