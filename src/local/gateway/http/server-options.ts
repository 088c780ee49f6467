import type { Server } from 'node:http';
import { LogController, type FastifyHttpOptions } from 'fastify';
import { sendJson } from './replies.ts';

/** Time within which a whole request has to arrive, milliseconds: a slow client holds nothing for longer. */
const REQUEST_MS = 120_000;
/** How often slow clients are looked for, milliseconds. */
const LOOK_MS = 10_000;
/** Longest id or name in a path. */
const PARAMETER_LENGTH = 1_000;

/** Where a server writes its log: one JSON object a line. */
export interface LogTarget {
  write(line: string): void;
}

/** Settings of the server that the gateway is added to. */
export function serverOptions(log: LogTarget): FastifyHttpOptions<Server> {
  return {
    forceCloseConnections: true,
    requestTimeout: REQUEST_MS,
    http: { connectionsCheckingInterval: LOOK_MS },
    routerOptions: { maxParamLength: PARAMETER_LENGTH },
    // The gateway logs requests itself, without what may be secret.
    logController: new LogController({ disableRequestLogging: true }),
    logger: {
      level: 'info',
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      stream: log
    },
    frameworkErrors: (error, _, reply) => {
      void sendJson(reply, { msg: error.message }, error.statusCode ?? 400);
    }
  };
}
