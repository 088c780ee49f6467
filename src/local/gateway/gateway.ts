import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../runtime/clock.ts';
import { hasRequestedBy, hasToken, refuseCsrf, refuseToken } from './http/access.ts';
import { BatchRegistry, type BatchRegistryOptions } from './batches/batch-registry.ts';
import { BODY_LIMIT, contentRules } from './http/content.ts';
import type { DriverLauncher } from './driver/driver-port.ts';
import { answerFailures } from './http/failures.ts';
import { logRequests } from './http/request-log.ts';
import { GatewayMetrics } from './metrics/gateway-metrics.ts';
import { measuredLauncher } from './metrics/measured-launcher.ts';
import { batchRoutes } from './routes/batches.ts';
import { completionRoute } from './routes/completion.ts';
import { dependencyRoutes } from './routes/dependencies.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { siteRoutes, type GatewayFeatures } from './routes/site.ts';
import { statementRoutes } from './routes/statements.ts';
import { routeTable, unknownPaths } from './routes/unknown-paths.ts';
import type { SessionStore } from './sessions/session-record.ts';
import { SessionRegistry } from './sessions/session-registry.ts';

/** How often time limits of sessions are looked at, milliseconds. */
const SWEEP_MS = 5_000;

/** What `/version` says beside Spark's version. */
const FEATURES: Omit<GatewayFeatures, 'sparkVersion'> = {
  scalaVersion: '2.13',
  kinds: ['spark', 'pyspark', 'sql'],
  localFiles: true,
  realTimeMode: true,
  batches: true,
  completion: true,
  uploads: true,
  richOutput: true
};

export interface GatewayOptions {
  /** How sessions get their driver; `driverLauncher(settings)` in production. */
  readonly launcher: DriverLauncher;
  /** Where sessions are written down; those of an earlier gateway are adopted from it. */
  readonly store: SessionStore;
  /** The same for batches. */
  readonly batches: Pick<BatchRegistryOptions, 'launcher' | 'store'>;
  readonly sparkVersion: string;
  readonly clock: Clock;
  /** When given, every request must carry it as `Authorization: Bearer`. Absent: the host app checks. */
  readonly token?: string;
  /** Refuse requests that change something and lack `X-Requested-By`, as Livy's CSRF protection does. */
  readonly requireRequestedBy?: boolean;
}

/** A session or batch in a status report. */
interface Summary {
  readonly id: number;
  readonly name: string | null;
  readonly state: string;
}

export interface Gateway {
  sessions(): readonly Summary[];
  batches(): readonly Summary[];
  /** Ends all sessions and batches and waits until their processes are gone. */
  close(): Promise<void>;
  /** Leaves all of them to the next gateway on the same stores; closing the server ends none of them then. */
  release(): void;
}

/**
 * Adds Livy's REST protocol (sessions, statements and batches) to a server, with the same paths, fields, states and
 * error bodies; https://livy.apache.org/docs/latest/rest-api.html. Closing the server ends them.
 */
export async function registerGateway(
  app: FastifyInstance,
  options: GatewayOptions
): Promise<Gateway> {
  const parts = gatewayParts(options);
  const { sessions, batches } = parts;
  const sweeper = setInterval(() => {
    void sessions.sweep();
    void batches.sweep();
  }, SWEEP_MS);
  sweeper.unref();
  const close = async () => {
    clearInterval(sweeper);
    await Promise.all([sessions.close(), batches.close()]);
  };
  app.addHook('onClose', close);
  await app.register(
    scope => {
      accessRules(scope, options);
      routes(scope, parts, options);
      return Promise.resolve();
    },
    { bodyLimit: BODY_LIMIT }
  );
  return {
    sessions: () => sessions.list().map(summary),
    batches: () => batches.list().map(summary),
    close,
    release: () => {
      clearInterval(sweeper);
      sessions.release();
      batches.release();
    }
  };
}

interface Parts {
  readonly sessions: SessionRegistry;
  readonly batches: BatchRegistry;
  readonly metrics: GatewayMetrics;
}

function gatewayParts({ launcher, store, batches: held, clock }: GatewayOptions): Parts {
  const metrics: GatewayMetrics = new GatewayMetrics(
    () => sessions.list(),
    () => batches.list()
  );
  const sessions = new SessionRegistry({
    launcher: measuredLauncher(launcher, metrics),
    store,
    clock
  });
  const batches = new BatchRegistry({ ...held, clock });
  return { sessions, batches, metrics };
}

function summary({ id, name, state }: Summary): Summary {
  return { id, name, state };
}

function accessRules(scope: FastifyInstance, { token, requireRequestedBy }: GatewayOptions): void {
  scope.addHook('onRequest', (request, reply, next) => {
    if (token !== undefined && !hasToken(request, token)) return void refuseToken(reply);
    if (requireRequestedBy === true && !hasRequestedBy(request))
      return void refuseCsrf(request, reply);
    next();
  });
}

function routes(scope: FastifyInstance, parts: Parts, { sparkVersion }: GatewayOptions): void {
  contentRules(scope);
  answerFailures(scope);
  logRequests(scope);
  const table = routeTable(scope);
  siteRoutes(scope, { sparkVersion, ...FEATURES });
  metricsRoutes(scope, parts.metrics);
  sessionRoutes(scope, parts.sessions);
  statementRoutes(scope, parts.sessions);
  completionRoute(scope, parts.sessions);
  dependencyRoutes(scope, parts.sessions);
  batchRoutes(scope, parts.batches);
  unknownPaths(scope, table);
}
