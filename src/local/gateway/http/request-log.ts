import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * One JSON line a request, through the server's own log: method, path, status, milliseconds and the
 * session or batch. Never a query, a header or a body, which may hold code and secrets. Answered polls
 * are of level `debug`: there are hundreds a second.
 */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { statusCode: status, elapsedTime } = reply;
    const level = status >= 500 ? 'warn' : isPoll(request, status) ? 'debug' : 'info';
    const line = { method: request.method, path: pathOf(request), status, ms: tenths(elapsedTime) };
    request.log[level]({ ...line, ...ownerOf(request) }, 'request');
    done();
  });
}

function isPoll({ method }: FastifyRequest, status: number): boolean {
  return method === 'GET' && status < 400;
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?')[0] ?? '';
}

function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

function ownerOf(request: FastifyRequest): Record<string, string> {
  const [, collection, id] = pathOf(request).split('/');
  if (id === undefined || id === '') return {};
  if (collection === 'sessions') return { session: id };
  return collection === 'batches' ? { batch: id } : {};
}
