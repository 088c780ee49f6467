import { systemClock, type Clock } from '../runtime/clock.ts';
import { RestartLimit } from '../runtime/restart-limit.ts';
import type { LocalStack, OnProgress, StackEndpoints, StackStatus } from '../runtime/stack-port.ts';
import { findOrStartStack, runningStack } from './client/find-stack.ts';
import { HeldLease } from './client/held-lease.ts';
import { StackHttp } from './client/stack-http.ts';
import { stopStack } from './client/stop-stack.ts';
import { readEnvironment } from './environment.ts';
import { headracePaths, type EnvironmentVariables, type HeadracePaths } from './paths.ts';
import { stackSettings } from './settings.ts';
import { isAlive } from './processes.ts';
import { readStack, type StackRecord } from './supervisor/records.ts';

export interface LocalStackOptions {
  /** Where the stack lives and what the user set; the daemon inherits it. */
  readonly env?: EnvironmentVariables;
  readonly clock?: Clock;
}

/**
 * The local stack of this user, shared with every other kernel that has the same run folder. While
 * it is held, a stack that was killed is replaced within seconds.
 */
export function createLocalStack({
  env = process.env,
  clock = systemClock
}: LocalStackOptions = {}): LocalStack {
  return new SharedStack(env, clock);
}

class SharedStack implements LocalStack {
  readonly #env: EnvironmentVariables;
  readonly #clock: Clock;
  readonly #paths: HeadracePaths;
  readonly #lease = new HeldLease(() => void this.#replaceKilled());
  readonly #replacements: RestartLimit;
  #held = new AbortController();
  #replacing = false;

  constructor(env: EnvironmentVariables, clock: Clock) {
    this.#env = env;
    this.#clock = clock;
    this.#paths = headracePaths(env);
    this.#replacements = new RestartLimit(clock);
  }

  async ensure(onProgress: OnProgress, signal: AbortSignal): Promise<StackEndpoints> {
    stackSettings(this.#env);
    await readEnvironment(this.#paths.environmentFile);
    const record = await this.#find(onProgress, signal);
    if (this.#held.signal.aborted) this.#held = new AbortController();
    await this.#lease.take(record);
    return endpointsOf(record);
  }

  async status(): Promise<StackStatus> {
    const record = await readStack(this.#paths);
    const running = record === null ? null : await runningStack(this.#paths);
    if (running !== null) return statusOf(running);
    const endpoints = record === null ? null : endpointsOf(record);
    return { running: false, endpoints, startedAt: null, leases: 0, parts: [] };
  }

  async release(): Promise<void> {
    this.#held.abort();
    await this.#lease.giveBack();
  }

  async down(onProgress: OnProgress, signal: AbortSignal): Promise<void> {
    this.#held.abort();
    this.#lease.forget();
    await stopStack({ paths: this.#paths, clock: this.#clock, onProgress, signal });
  }

  #find(onProgress: OnProgress, signal: AbortSignal): Promise<StackRecord> {
    const paths = this.#paths;
    return findOrStartStack({ paths, env: this.#env, clock: this.#clock, onProgress, signal });
  }

  async #replaceKilled(): Promise<void> {
    if (this.#replacing) return;
    this.#replacing = true;
    // The next renewal tries again, and the next `ensure` says what is wrong.
    await this.#replace(this.#held.signal).catch(() => undefined);
    this.#replacing = false;
  }

  /** A stack that ended in good order has no record any more; `ensure` alone starts another one. */
  async #replace(signal: AbortSignal): Promise<void> {
    const record = await readStack(this.#paths);
    if (record === null) this.#lease.forget();
    else if ((await isAlive(record.daemon)) || this.#replacements.take()) {
      const found = await this.#find(() => undefined, signal);
      if (!signal.aborted) await this.#lease.take(found);
    }
  }
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
