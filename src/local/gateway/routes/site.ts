import type { FastifyInstance } from 'fastify';
import { sendJson, sendPage } from '../http/replies.ts';

/** Release of Livy whose protocol this is; the suffix tells a client that it is not Livy itself. */
const VERSION = '0.9.0-headrace';

/** What this endpoint can do beyond, or differently from, Livy of the same version. */
export interface GatewayFeatures {
  readonly sparkVersion: string;
  readonly scalaVersion: string;
  /** Languages of statements. */
  readonly kinds: readonly string[];
  /** Jars and files may be paths of this machine. */
  readonly localFiles: boolean;
  readonly realTimeMode: boolean;
  readonly batches: boolean;
  readonly completion: boolean;
  readonly uploads: boolean;
  /** Sessions created with `spark.headrace.richOutput=true` add MIME types of Headrace to their outputs. */
  readonly richOutput: boolean;
}

/** `/version`, and the page that a browser is led to. */
export function siteRoutes(app: FastifyInstance, headrace: GatewayFeatures): void {
  const build = { user: '', revision: '', branch: '', date: '', url: '' };
  for (const path of ['/version', '/version/'])
    app.get(path, (_, reply) => sendJson(reply, { version: VERSION, ...build, headrace }));
  app.get('/', (request, reply) =>
    reply
      .code(302)
      .header('location', `http://${request.headers.host ?? 'localhost'}/ui`)
      .header('content-type', 'text/html;charset=utf-8')
      .send('')
  );
  for (const path of ['/ui', '/ui/']) app.get(path, (_, reply) => sendPage(reply, FRONT_PAGE));
}

const FRONT_PAGE = [
  '<!DOCTYPE html>',
  '<html lang="en">',
  '<head><title>Headrace: local Livy endpoint</title></head>',
  '<body>',
  '<h1>Local Livy endpoint</h1>',
  '<ul>',
  '<li><a href="/sessions">Sessions</a></li>',
  '<li><a href="/batches">Batches</a></li>',
  '<li><a href="/metrics/prometheus">Metrics</a></li>',
  '<li><a href="/version">Version</a></li>',
  '</ul>',
  '</body>',
  '</html>'
];
