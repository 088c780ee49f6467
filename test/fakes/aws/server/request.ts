import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WireRequest, WireResponse } from './wire/bindings.ts';

/** Whose signature a request has, and for what. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export interface Scope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

export function scopeOf({ headers }: Pick<WireRequest, 'headers'>): Scope | null {
  const found = /Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(
    headers['authorization'] ?? ''
  );
  const [, accessKeyId, region, service] = found ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined) return null;
  return { accessKeyId, region, service };
}

export async function readRequest(message: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, String(value ?? '')])
  );
  const body = Buffer.concat(chunks);
  return {
    method: message.method ?? 'GET',
    url: new URL(message.url ?? '/', 'http://localhost'),
    headers,
    body: isChunked(headers) ? unchunked(body) : body
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html */
const isChunked = (headers: Readonly<Record<string, string>>): boolean =>
  headers['x-amz-content-sha256']?.startsWith('STREAMING-') === true;

function unchunked(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.subarray(at, end).toString('latin1'), 16);
    if (!(size > 0)) break;
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(parts);
}

export function send(response: ServerResponse, { status, headers, body }: WireResponse): void {
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const length = String(Buffer.byteLength(body));
  // An answer to HEAD has the length of what it does not send.
  response.writeHead(status, { 'content-length': length, ...Object.fromEntries(own) });
  response.end(body);
}
