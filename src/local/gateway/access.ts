import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];
const CSRF_MESSAGE = 'Missing Required Header for CSRF protection.';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether a request carries the token as `Authorization: Bearer`, compared in constant time. */
export function hasToken(request: FastifyRequest, token: string): boolean {
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${token}`));
}

/** Whether Livy's CSRF protection would let the request pass. */
export function hasRequestedBy(request: FastifyRequest): boolean {
  return SAFE_METHODS.includes(request.method) || request.headers['x-requested-by'] !== undefined;
}

/** Livy's refusal: an HTML page, or nothing at all for DELETE. */
export function refuseCsrf(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (request.method === 'DELETE') return reply.code(400).send();
  const title = `Error 400 ${CSRF_MESSAGE}`;
  return reply
    .code(400)
    .header('content-type', 'text/html;charset=iso-8859-1')
    .send(
      `<html><head><title>${title}</title></head><body><h2>HTTP ERROR 400 ${CSRF_MESSAGE}</h2></body></html>\n`
    );
}
