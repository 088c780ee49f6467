import { z } from 'zod';
import type { AwsCredentials } from '../../livy/auth/sigv4.ts';
import { asking } from '../control/errors.ts';
import { keysOf } from './credentials.ts';
import type { AwsServicesOptions } from './options.ts';
import type { AwsPlace } from './place.ts';

/** IAM is asked by hand: one question is no reason to load a client for all of it. */
const VERSION = '2010-05-08';
const LIMIT_MS = 30_000;

/** IAM has one endpoint in each partition. https://docs.aws.amazon.com/general/latest/gr/iam-service.html */
const ENDPOINTS: Readonly<Record<string, { readonly url: string; readonly region: string }>> = {
  aws: { url: 'https://iam.amazonaws.com', region: 'us-east-1' },
  'aws-cn': { url: 'https://iam.cn-north-1.amazonaws.com.cn', region: 'cn-north-1' },
  'aws-us-gov': { url: 'https://iam.us-gov.amazonaws.com', region: 'us-gov-west-1' }
};

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform(value => [value].flat());
const trustSchema = z.object({
  Statement: z
    .union([z.looseObject({}), z.array(z.looseObject({}))])
    .transform(value => [value].flat())
});
const statementSchema = z.object({
  Effect: z.literal('Allow'),
  Principal: z.object({ Service: oneOrMore })
});

/** Services that may take on a role; null where there is no such role. */
export async function trustedServices(
  roleArn: string,
  place: AwsPlace,
  options: AwsServicesOptions,
  signal: AbortSignal
): Promise<readonly string[] | null> {
  const xml = await getRole(roleArn, place, options, signal);
  if (xml === null) return null;
  const text = /<AssumeRolePolicyDocument>([^<]*)</.exec(xml)?.[1] ?? '';
  const document = trustSchema.safeParse(JSON.parse(decodeURIComponent(text) || '{}'));
  const statements = document.data?.Statement ?? [];
  return statements.flatMap(
    statement => statementSchema.safeParse(statement).data?.Principal.Service ?? []
  );
}

/** The answer in XML; null where there is no such role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
async function getRole(
  roleArn: string,
  { clients }: AwsPlace,
  { env, clock }: AwsServicesOptions,
  signal: AbortSignal
): Promise<string | null> {
  const home = ENDPOINTS[roleArn.split(':')[1] ?? ''] ?? ENDPOINTS['aws'];
  const { url = '', region = '' } = home ?? {};
  const endpoint = new URL(env['AWS_ENDPOINT_URL_IAM'] ?? env['AWS_ENDPOINT_URL'] ?? url);
  const RoleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  const body = new URLSearchParams({ Action: 'GetRole', Version: VERSION, RoleName }).toString();
  return asking({ action: 'iam:GetRole', region, profile: clients.profile }, async () => {
    const keys = await keysOf(clients);
    const headers = await signed({ endpoint, body, region, keys, at: clock.now() });
    const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
    const response = await fetch(endpoint, { method: 'POST', headers, body, signal: limit });
    const text = await response.text();
    if (response.ok) return text;
    const code = /<Code>([^<]*)</.exec(text)?.[1] ?? `HTTP ${response.status}`;
    if (code === 'NoSuchEntity') return null;
    throw Object.assign(new Error(/<Message>([^<]*)</.exec(text)?.[1] ?? code), {
      name: code,
      $fault: response.status < 500 ? 'client' : 'server',
      $metadata: { httpStatusCode: response.status }
    });
  });
}

interface Unsigned {
  readonly endpoint: URL;
  readonly body: string;
  readonly region: string;
  readonly keys: AwsCredentials;
  /** Epoch milliseconds. */
  readonly at: number;
}

async function signed({
  endpoint,
  body,
  region,
  keys,
  at
}: Unsigned): Promise<Record<string, string>> {
  const [{ SignatureV4 }, { Sha256 }] = await Promise.all([
    import('@smithy/signature-v4'),
    import('@aws-crypto/sha256-js')
  ]);
  const signer = new SignatureV4({ service: 'iam', region, credentials: keys, sha256: Sha256 });
  const { headers } = await signer.sign(
    {
      method: 'POST',
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      path: endpoint.pathname,
      headers: { host: endpoint.host, 'content-type': 'application/x-www-form-urlencoded' },
      body
    },
    { signingDate: new Date(at) }
  );
  // The HTTP client writes this one itself.
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'host'));
}
