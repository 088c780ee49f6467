import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../runtime/clock.ts';
import type { DriverLauncher } from './driver-port.ts';

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
  /** One entry a live session, for status reports. */
  sessions(): readonly {
    readonly id: number;
    readonly name: string | null;
    readonly state: string;
  }[];
  /** Ends all sessions and waits until their processes are gone. */
  close(): Promise<void>;
}

/** Adds Livy's REST protocol to a server; https://livy.apache.org/docs/latest/rest-api.html */
export async function registerGateway(
  app: FastifyInstance,
  options: GatewayOptions
): Promise<Gateway> {
  await app.register(async scope => {
    scope.get('/version', () =>
      Promise.resolve({ version: '0.9.0', sparkVersion: options.sparkVersion })
    );
    await Promise.resolve();
  });
  return { sessions: () => [], close: () => Promise.resolve() };
}
