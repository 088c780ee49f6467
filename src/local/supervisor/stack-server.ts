import { randomBytes } from 'node:crypto';
import path from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import type { Clock } from '../../runtime/clock.ts';
import { isFree } from '../broker/ports.ts';
import type { Environment } from '../environment.ts';
import { guardAccess } from '../gateway/http/access.ts';
import { batchFolders } from '../gateway/batches/batch-record.ts';
import { runnerLauncher } from '../gateway/batches/runner-process.ts';
import { driverLauncher } from '../gateway/driver/driver-process.ts';
import { registerGateway, type Gateway } from '../gateway/gateway.ts';
import { serverOptions } from '../gateway/http/server-options.ts';
import { sessionFolders } from '../gateway/sessions/session-record.ts';
import { projectRoot, type HeadracePaths } from '../paths.ts';
import { controlRoutes, type ControlOptions } from './control-routes.ts';

export interface StackServerOptions {
  readonly environment: Environment;
  readonly paths: HeadracePaths;
  readonly clock: Clock;
  /** A killed server that this one takes the place of, with its token and, where it is free, its port. */
  readonly before: { readonly url: string; readonly token: string } | null;
  /** The control routes; `sessions` of the gateway are added to what `status` says. */
  readonly control: Omit<ControlOptions, 'status'> & {
    readonly status: (gateway: Gateway) => ReturnType<ControlOptions['status']>;
  };
}

export interface StackServer {
  readonly url: string;
  readonly token: string;
  /** Ends all sessions and their processes, then the server. */
  close(): Promise<void>;
}

/** Serves the Livy gateway and the control routes on one loopback port. Adopts the sessions of a killed gateway. */
export async function startServer(options: StackServerOptions): Promise<StackServer> {
  const token = options.before?.token ?? randomBytes(32).toString('base64url');
  const app = fastify(serverOptions(process.stdout));
  guardAccess(app, token);
  const gateway = await mountGateway(app, options);
  const { control } = options;
  controlRoutes(app, { ...control, status: () => control.status(gateway) });
  const url = await app.listen({ host: '127.0.0.1', port: await choosePort(options.before) });
  return {
    url,
    token,
    async close() {
      await gateway.close();
      await app.close();
    }
  };
}

async function choosePort(before: StackServerOptions['before']): Promise<number> {
  const port = before === null ? 0 : Number(new URL(before.url).port);
  return (await isFree(port)) ? port : 0;
}

function mountGateway(app: FastifyInstance, options: StackServerOptions): Promise<Gateway> {
  const { environment, paths, clock } = options;
  const { python, java, sparkVersion } = environment;
  const programs = {
    python,
    java,
    jobsDir: path.join(projectRoot(), 'spark-jobs'),
    jars: [...environment.connectorJars, environment.fileSystemJar],
    archiveDir: paths.cds
  };
  return registerGateway(app, {
    launcher: driverLauncher(programs),
    store: sessionFolders(paths.sessions),
    batches: { launcher: runnerLauncher(programs), store: batchFolders(paths.sessions) },
    sparkVersion,
    clock,
    requireRequestedBy: true
  });
}
