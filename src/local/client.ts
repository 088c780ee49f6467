import { systemClock, type Clock } from '../runtime/clock.ts';
import type { LocalStack, StackEndpoints, StackStatus } from '../runtime/stack-port.ts';
import { findOrStartStack, runningStack } from './client/find-stack.ts';
import { HeldLease } from './client/held-lease.ts';
import { StackHttp } from './client/stack-http.ts';
import { stopStack } from './client/stop-stack.ts';
import { readEnvironment } from './environment.ts';
import { headracePaths, type EnvironmentVariables } from './paths.ts';
import { stackSettings } from './settings.ts';
import type { StackRecord } from './supervisor/records.ts';

export interface LocalStackOptions {
  /** Where the stack lives and what the user set; the daemon inherits it. */
  readonly env?: EnvironmentVariables;
  readonly clock?: Clock;
}

const NOT_RUNNING: StackStatus = {
  running: false,
  endpoints: null,
  startedAt: null,
  leases: 0,
  parts: []
};

/** The local stack of this user, shared with every other kernel that has the same run folder. */
export function createLocalStack(options: LocalStackOptions = {}): LocalStack {
  const { env = process.env, clock = systemClock } = options;
  const paths = headracePaths(env);
  const lease = new HeldLease();
  return {
    async ensure(onProgress, signal) {
      stackSettings(env);
      await readEnvironment(paths.environmentFile);
      const record = await findOrStartStack({ paths, env, clock, onProgress, signal });
      await lease.take(record);
      return endpointsOf(record);
    },
    async status() {
      const record = await runningStack(paths);
      return record === null ? NOT_RUNNING : await statusOf(record);
    },
    release: () => lease.giveBack(),
    async down(onProgress, signal) {
      lease.forget();
      await stopStack({ paths, clock, onProgress, signal });
    }
  };
}

function endpointsOf(record: StackRecord): StackEndpoints {
  return {
    id: record.id,
    brokers: record.brokers,
    livyUrl: record.url,
    livyToken: record.token,
    pid: record.daemon.pid
  };
}

async function statusOf(record: StackRecord): Promise<StackStatus> {
  const { startedAt, leases, parts } = await new StackHttp(record).status();
  return { running: true, endpoints: endpointsOf(record), startedAt, leases, parts };
}
