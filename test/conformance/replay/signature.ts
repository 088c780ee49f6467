import type { IncomingMessage } from 'node:http';
import aws4 from 'aws4';

/** An option that its types lack. */
interface SignRequest extends aws4.Request {
  readonly extraHeadersToIgnore: Readonly<Record<string, true>>;
}

/** Keys that the tests sign with. */
export const TEST_KEYS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'a secret of the tests',
  sessionToken: 'a token of the tests'
};

/** Whether a request carries the signature that another implementation than the client's computes for it. */
export function isSigned(
  request: IncomingMessage,
  body: string,
  region: string,
  keys: aws4.Credentials = TEST_KEYS
): boolean {
  const { authorization = '', host = '' } = request.headers;
  const names = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(';') ?? [];
  const headers = Object.fromEntries(
    names.map(name => [name, String(request.headers[name] ?? '')] as const)
  );
  if (!names.includes('host') || !names.includes('x-amz-date')) return false;
  const toSign: SignRequest = {
    service: 'emr-serverless',
    region,
    host,
    method: request.method ?? '',
    path: request.url ?? '',
    headers,
    body,
    // It would add this one, which the client's own HTTP layer writes later.
    extraHeadersToIgnore: { 'content-length': true }
  };
  const { headers: signed = {} } = aws4.sign(toSign, keys);
  return signatureOf(authorization) === signatureOf(String(signed['Authorization']));
}

const signatureOf = (authorization: string): string =>
  /Signature=([0-9a-f]{64})$/.exec(authorization)?.[1] ?? 'none';
