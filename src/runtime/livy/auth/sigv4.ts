import { HeadraceError } from '../../../shared/errors.ts';
import type { Clock } from '../../clock.ts';
import type { Authentication, OutgoingRequest } from './port.ts';

/** Temporary or lasting keys of an AWS principal. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface SigV4Options {
  readonly region: string;
  /** Asked for each request, so that it can renew them; it keeps what it has. */
  readonly credentials: () => Promise<AwsCredentials>;
  readonly clock: Clock;
}

/** Name of the service in signatures for the Livy endpoint of EMR Serverless. */
const SERVICE = 'emr-serverless';

/**
 * Signature Version 4 of AWS over the whole request, its body included;
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html. Rejects with HR_LIVY_REFUSED where
 * there are no credentials. The signer is loaded with the first request: most notebooks need none.
 */
export function sigV4(options: SigV4Options): Authentication {
  return { kind: 'sigv4', headers: request => sign(request, options) };
}

async function sign(
  { method, url, headers, body }: OutgoingRequest,
  { region, credentials, clock }: SigV4Options
): Promise<Readonly<Record<string, string>>> {
  const keys = await credentials().catch((cause: unknown) => Promise.reject(noCredentials(cause)));
  const [{ SignatureV4 }, { Sha256 }] = await Promise.all([
    import('@smithy/signature-v4'),
    import('@aws-crypto/sha256-js')
  ]);
  const signer = new SignatureV4({ service: SERVICE, region, credentials: keys, sha256: Sha256 });
  const signed = await signer.sign(
    {
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port === '' ? {} : { port: Number(url.port) }),
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { ...headers, host: url.host },
      body
    },
    { signingDate: new Date(clock.now()) }
  );
  // The HTTP client writes this one itself.
  return Object.fromEntries(Object.entries(signed.headers).filter(([name]) => name !== 'host'));
}

function noCredentials(cause: unknown): HeadraceError {
  return new HeadraceError('HR_LIVY_REFUSED', 'There are no AWS credentials to sign with', {
    why: cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause),
    next: 'Sign in, for example with: aws sso login.',
    cause
  });
}
