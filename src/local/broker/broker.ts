import type { HeadraceError } from '../../shared/errors.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Environment } from '../environment.ts';
import type { GuardedProgram } from '../guard/guarded-program.ts';
import type { HeadracePaths } from '../paths.ts';
import { brokerFiles } from './broker-files.ts';
import { removeBroker } from './broker-record.ts';
import { brokerEnd } from './readiness.ts';

export interface BrokerOptions {
  readonly environment: Pick<Environment, 'java' | 'kafkaJars'>;
  readonly paths: HeadracePaths;
  /** Port that the user asked for; any free one where absent. */
  readonly port?: number;
  /** How long the broker waits for another daemon when this process was killed. */
  readonly orphanSeconds: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** One Kafka node on loopback, held by this process. */
export interface Broker {
  /** `host:port` of the clients. */
  readonly address: string;
  /** Resolves with the reason when the broker has ended, asked for or not. */
  readonly ended: Promise<HeadraceError>;
  /** Ends the broker, by force after ten seconds. The topics stay on disk. */
  stop(): Promise<void>;
}

/** Where the clients of a broker on this port find it. */
export function brokerAddress(port: number): string {
  return `127.0.0.1:${port}`;
}

/** The broker that runs in a program. */
export function brokerOf(program: GuardedProgram, port: number, paths: HeadracePaths): Broker {
  return {
    address: brokerAddress(port),
    ended: program.ended.then(() => brokerEnd('Kafka ended', brokerFiles(paths))),
    async stop() {
      await program.stop();
      await removeBroker(paths);
    }
  };
}
