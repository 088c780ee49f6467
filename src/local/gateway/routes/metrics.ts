import type { FastifyInstance, FastifyReply } from 'fastify';
import type { GatewayMetrics } from '../metrics/gateway-metrics.ts';
import { sendPage } from '../http/replies.ts';

const NO_CACHE = 'must-revalidate,no-cache,no-store';

/** Livy's own pages about itself, which tell nothing of sessions. */
const MENU = [
  '<!DOCTYPE html>',
  '<html lang="en">',
  '<head><title>Metrics</title></head>',
  '<body>',
  '<h1>Operational Menu</h1>',
  '<ul>',
  '<li><a href="/metrics/prometheus">Prometheus</a></li>',
  '<li><a href="/metrics/metrics">Metrics</a></li>',
  '<li><a href="/metrics/ping">Ping</a></li>',
  '<li><a href="/metrics/healthcheck">Healthcheck</a></li>',
  '</ul>',
  '</body>',
  '</html>'
];
const NO_METRICS = {
  version: '3.1.3',
  gauges: {},
  counters: {},
  histograms: {},
  meters: {},
  timers: {}
};

/**
 * `/metrics` for Prometheus, and for a browser, which asks for HTML, the menu that Livy has there;
 * `/metrics/prometheus` for both; Livy's `/metrics/{metrics,ping,healthcheck}`.
 */
export function metricsRoutes(app: FastifyInstance, metrics: GatewayMetrics): void {
  const prometheus = async (reply: FastifyReply) =>
    reply.header('content-type', metrics.contentType).send(await metrics.text());
  app.get('/metrics/prometheus', (_, reply) => prometheus(reply));
  for (const path of ['/metrics', '/metrics/'])
    app.get(path, (request, reply) =>
      request.headers.accept?.includes('text/html') === true
        ? sendPage(reply.header('cache-control', NO_CACHE), MENU)
        : prometheus(reply)
    );
  app.get('/metrics/metrics', (_, reply) => sendUncached(reply, 200, NO_METRICS));
  app.get('/metrics/healthcheck', (_, reply) => sendUncached(reply, 501, {}));
  app.get('/metrics/ping', (_, reply) =>
    reply
      .header('cache-control', NO_CACHE)
      .header('content-type', 'text/plain;charset=iso-8859-1')
      .send('pong\n')
  );
}

function sendUncached(reply: FastifyReply, status: number, value: unknown): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', NO_CACHE)
    .header('content-type', 'application/json')
    .serializer(JSON.stringify)
    .send(value);
}
