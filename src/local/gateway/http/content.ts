import { promisify } from 'node:util';
import { gunzip, gzip, inflate, type CompressCallback, type ZlibOptions } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bodyTooLarge, Refusal } from './refusal.ts';

/** Largest request body in bytes, as `livy.rsc.rpc.max.size`. */
export const BODY_LIMIT = 50 * 1024 * 1024;

const pack = promisify(gzip);
const UNPACKERS: Readonly<
  Record<string, (packed: Buffer, options: ZlibOptions, done: CompressCallback) => void>
> = { gzip: gunzip, deflate: inflate };

/** Headers that Livy puts on every answer, so that a browser cannot be tricked with it. */
const SECURITY_HEADERS = {
  'x-frame-options': 'SAMEORIGIN',
  'x-xss-protection': '1; mode=block',
  'content-security-policy':
    "default-src 'self'; script-src 'self' 'unsafe-inline'; img-src 'self'; frame-src 'self';",
  'x-content-type-options': 'nosniff'
};

/**
 * How bodies travel: requests as bytes of any content type, packed or not; answers packed when the
 * client says that it can unpack them.
 */
export function contentRules(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser<Buffer>('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, unpacked);
  scope.addHook('onSend', async (request, reply, payload) => {
    void reply.headers(SECURITY_HEADERS);
    if (typeof payload !== 'string' || payload === '') return payload;
    if (!acceptsGzip(request.headers['accept-encoding'])) return payload;
    void reply.header('content-encoding', 'gzip').removeHeader('content-length');
    return pack(payload);
  });
}

function unpacked(
  request: FastifyRequest,
  body: Buffer,
  done: (error: Error | null, body?: Buffer) => void
): void {
  const encoding = request.headers['content-encoding'] ?? '';
  const unpack = Object.hasOwn(UNPACKERS, encoding) ? UNPACKERS[encoding] : undefined;
  if (unpack === undefined) {
    done(null, body);
    return;
  }
  unpack(body, { maxOutputLength: BODY_LIMIT }, (error, result) =>
    error === null ? done(null, result) : done(notUnpacked(error, encoding))
  );
}

function notUnpacked(error: Error, encoding: string): Refusal {
  return 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    ? bodyTooLarge(BODY_LIMIT)
    : new Refusal(400, { msg: `The body is not what content-encoding ${encoding} says.` });
}

function acceptsGzip(accepted: string | string[] | undefined): boolean {
  const names = (accepted ?? '').toString().split(',');
  return names.some(name => /^\s*gzip\s*(;\s*q=(1|0\.0*[1-9]).*)?$/i.test(name));
}
