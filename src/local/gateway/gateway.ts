import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../runtime/clock.ts';
import { hasRequestedBy, hasToken, refuseCsrf } from './access.ts';
import type { DriverLauncher } from './driver-port.ts';
import { Refusal } from './refusal.ts';
import { sendEmpty, sendJson } from './replies.ts';
import { sessionRoutes } from './session-routes.ts';
import { SessionRegistry } from './session-registry.ts';
import { statementRoutes } from './statement-routes.ts';

/** Largest request body in bytes, as `livy.rsc.rpc.max.size`. */
const BODY_LIMIT = 50 * 1024 * 1024;
/** How often time limits of sessions are looked at, milliseconds. */
const SWEEP_MS = 5_000;
/** Release of Livy whose protocol this is; the suffix tells a client that it is not Livy itself. */
const VERSION = '0.9.0-headrace';

export interface GatewayOptions {
  /** How sessions get their driver; `driverLauncher(settings)` in production. */
  readonly launcher: DriverLauncher;
  readonly sparkVersion: string;
  readonly clock: Clock;
  /** When given, every request must carry it as `Authorization: Bearer`. Absent: the host app checks. */
  readonly token?: string;
  /** Refuse requests that change something and lack `X-Requested-By`, as Livy's CSRF protection does. */
  readonly requireRequestedBy?: boolean;
}

export interface Gateway {
  /** One entry a session, for status reports. */
  sessions(): readonly {
    readonly id: number;
    readonly name: string | null;
    readonly state: string;
  }[];
  /** Ends all sessions and waits until their processes are gone. */
  close(): Promise<void>;
}

/**
 * Adds Livy's REST protocol (sessions and statements) to a server, with the same paths, fields, states and
 * error bodies; https://livy.apache.org/docs/latest/rest-api.html. Closing the server closes the sessions.
 */
export async function registerGateway(
  app: FastifyInstance,
  options: GatewayOptions
): Promise<Gateway> {
  const registry = new SessionRegistry(options.launcher, options.clock);
  const sweeper = setInterval(() => void registry.sweep(), SWEEP_MS);
  sweeper.unref();
  const close = async () => {
    clearInterval(sweeper);
    await registry.close();
  };
  app.addHook('onClose', close);
  await app.register(
    scope => {
      protocol(scope, options);
      versionRoute(scope, options.sparkVersion);
      sessionRoutes(scope, registry);
      statementRoutes(scope, registry);
      unknownPaths(scope);
      return Promise.resolve();
    },
    { bodyLimit: BODY_LIMIT }
  );
  return {
    sessions: () => registry.list().map(({ id, name, state }) => ({ id, name, state })),
    close
  };
}

function protocol(scope: FastifyInstance, { token, requireRequestedBy }: GatewayOptions): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_, body, done) =>
    done(null, body)
  );
  scope.addHook('onRequest', (request, reply, next) => {
    if (token !== undefined && !hasToken(request, token))
      return void sendJson(
        reply,
        { msg: 'Unauthorized: the access token is missing or wrong.' },
        401
      );
    if (requireRequestedBy === true && !hasRequestedBy(request))
      return void refuseCsrf(request, reply);
    next();
  });
  scope.setErrorHandler((error, _, reply) => {
    if (error instanceof Refusal) return sendJson(reply, error.body, error.status);
    const message = error instanceof Error ? error.message : String(error);
    return sendJson(reply, `java.lang.RuntimeException: ${message}`, 500);
  });
}

function versionRoute(scope: FastifyInstance, sparkVersion: string): void {
  const headrace = {
    sparkVersion,
    kinds: ['pyspark', 'sql'],
    localFiles: true,
    realTimeMode: true
  };
  const build = { user: '', revision: '', branch: '', date: '', url: '' };
  scope.get('/version', (_, reply) => sendJson(reply, { version: VERSION, ...build, headrace }));
}

/** Livy answers 404 without a body below `/sessions`, and 405 for a method that it does not have there. */
function unknownPaths(scope: FastifyInstance): void {
  scope.route({
    method: ['PUT', 'PATCH', 'OPTIONS'],
    url: '/sessions',
    handler: (_, reply) => sendEmpty(reply, 405)
  });
  scope.route({
    method: ['PUT', 'PATCH', 'OPTIONS'],
    url: '/sessions/*',
    handler: (_, reply) => sendEmpty(reply, 405)
  });
  scope.route({
    method: ['GET', 'POST', 'DELETE'],
    url: '/sessions/*',
    handler: (_, reply) => sendEmpty(reply, 404)
  });
}
