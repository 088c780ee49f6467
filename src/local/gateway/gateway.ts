import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../runtime/clock.ts';
import { hasRequestedBy, hasToken, refuseCsrf, refuseToken } from './access.ts';
import { BODY_LIMIT, contentRules } from './content.ts';
import type { DriverLauncher } from './driver-port.ts';
import { answerFailures } from './failures.ts';
import { logRequests } from './request-log.ts';
import { completionRoute } from './routes/completion.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { siteRoutes } from './routes/site.ts';
import { statementRoutes } from './routes/statements.ts';
import { routeTable, unknownPaths } from './routes/unknown-paths.ts';
import type { SessionStore } from './session-record.ts';
import { SessionRegistry } from './session-registry.ts';

/** How often time limits of sessions are looked at, milliseconds. */
const SWEEP_MS = 5_000;

export interface GatewayOptions {
  /** How sessions get their driver; `driverLauncher(settings)` in production. */
  readonly launcher: DriverLauncher;
  /** Where sessions are written down; those of an earlier gateway are adopted from it. */
  readonly store: SessionStore;
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
  /** Leaves all sessions to the next gateway on the same store; closing the server ends none of them then. */
  release(): void;
}

/**
 * Adds Livy's REST protocol (sessions and statements) to a server, with the same paths, fields, states and
 * error bodies; https://livy.apache.org/docs/latest/rest-api.html. Closing the server closes the sessions.
 */
export async function registerGateway(
  app: FastifyInstance,
  options: GatewayOptions
): Promise<Gateway> {
  const registry = new SessionRegistry(options);
  const sweeper = setInterval(() => void registry.sweep(), SWEEP_MS);
  sweeper.unref();
  const close = async () => {
    clearInterval(sweeper);
    await registry.close();
  };
  app.addHook('onClose', close);
  await app.register(
    scope => {
      accessRules(scope, options);
      routes(scope, registry, options);
      return Promise.resolve();
    },
    { bodyLimit: BODY_LIMIT }
  );
  return {
    sessions: () => registry.list().map(({ id, name, state }) => ({ id, name, state })),
    close,
    release: () => {
      clearInterval(sweeper);
      registry.release();
    }
  };
}

function accessRules(scope: FastifyInstance, { token, requireRequestedBy }: GatewayOptions): void {
  scope.addHook('onRequest', (request, reply, next) => {
    if (token !== undefined && !hasToken(request, token)) return void refuseToken(reply);
    if (requireRequestedBy === true && !hasRequestedBy(request))
      return void refuseCsrf(request, reply);
    next();
  });
}

function routes(scope: FastifyInstance, registry: SessionRegistry, options: GatewayOptions): void {
  contentRules(scope);
  answerFailures(scope);
  logRequests(scope);
  const table = routeTable(scope);
  siteRoutes(scope, featuresOf(options));
  sessionRoutes(scope, registry);
  statementRoutes(scope, registry);
  completionRoute(scope, registry);
  unknownPaths(scope, table);
}

function featuresOf({ sparkVersion }: GatewayOptions) {
  return {
    sparkVersion,
    scalaVersion: '2.13',
    kinds: ['pyspark', 'sql'],
    localFiles: true,
    realTimeMode: true,
    batches: false,
    completion: true,
    uploads: false,
    richOutput: false
  };
}
