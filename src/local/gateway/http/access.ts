import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorPage } from './error-page.ts';

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];
const CSRF_MESSAGE = 'Missing Required Header for CSRF protection.';

/**
 * Lets only requests in that carry the token and name this machine as their host: a page in a
 * browser can reach loopback by a name of its own (DNS rebinding), but not with this host name.
 */
export function guardAccess(app: FastifyInstance, token: string): void {
  app.addHook('onRequest', (request, reply, next) => {
    if (!isLoopbackHost(request.headers.host)) return void refuse(reply, 403, 'unknown host name');
    if (!hasToken(request, token)) return void refuseToken(reply);
    next();
  });
}

/** Whether a `Host` header names this machine. */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Whether a request carries the token: as `Authorization: Bearer`, or as the password of `Basic` with
 * any user name. Compared in constant time.
 */
export function hasToken(request: FastifyRequest, token: string): boolean {
  return timingSafeEqual(digest(credentialsOf(request.headers.authorization).token), digest(token));
}

/** The user name that came with the token, which nobody has checked; null where there was none. */
export function userOf({ headers }: FastifyRequest): string | null {
  const { user } = credentialsOf(headers.authorization);
  return user === '' ? null : user;
}

interface Credentials {
  readonly user: string;
  readonly token: string;
}

/** Bearer is RFC 6750 section 2.1, Basic RFC 7617 section 2. */
function credentialsOf(authorization = ''): Credentials {
  const [, scheme, value] = /^(Bearer|Basic) +(\S+)$/i.exec(authorization) ?? [];
  if (value === undefined) return { user: '', token: '' };
  if (scheme?.toLowerCase() === 'bearer') return { user: '', token: value };
  const [user = '', ...token] = Buffer.from(value, 'base64').toString().split(':');
  return { user, token: token.join(':') };
}

/** 401, with the header by which a browser or a client with a user name and a password asks for them. */
export function refuseToken(reply: FastifyReply): FastifyReply {
  void reply.header('www-authenticate', 'Basic realm="headrace", charset="UTF-8"');
  return refuse(reply, 401, 'the token is missing or wrong');
}

function refuse(reply: FastifyReply, status: number, msg: string): FastifyReply {
  return reply.code(status).send({ msg: `Refused: ${msg}.` });
}

/** Whether Livy's CSRF protection would let the request pass. */
export function hasRequestedBy(request: FastifyRequest): boolean {
  return SAFE_METHODS.includes(request.method) || request.headers['x-requested-by'] !== undefined;
}

/** Livy's refusal: an HTML page for POST, and nothing at all for other methods. */
export function refuseCsrf(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (request.method !== 'POST') return reply.code(400).send();
  return errorPage(request, reply, 400, CSRF_MESSAGE);
}
