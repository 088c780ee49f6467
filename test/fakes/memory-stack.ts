import type { LocalStack, StackEndpoints, StackStatus } from '../../src/runtime/stack-port.ts';

/** A stack without processes: each start after `down` has a new id, one after `kill` a new process only. */
export class MemoryStack implements LocalStack {
  running = false;
  leases = 0;
  brokerPort = 9092;
  livyPort = 8998;
  #id = 1;
  #pid = 100;
  /** A stack that was killed leaves its address behind. */
  #leftBehind = false;

  get endpoints(): StackEndpoints {
    return {
      id: `stack-${this.#id}`,
      brokers: [`127.0.0.1:${this.brokerPort}`],
      livyUrl: `http://127.0.0.1:${this.livyPort}`,
      livyToken: 'token',
      pid: this.#pid
    };
  }

  ensure(): Promise<StackEndpoints> {
    this.running = true;
    this.#leftBehind = false;
    this.leases += 1;
    return Promise.resolve(this.endpoints);
  }

  status(): Promise<StackStatus> {
    return Promise.resolve({
      running: this.running,
      endpoints: this.running || this.#leftBehind ? this.endpoints : null,
      startedAt: this.running ? 0 : null,
      leases: this.leases,
      parts: this.running
        ? [{ kind: 'service', name: 'broker', state: 'running', detail: '127.0.0.1:9092' }]
        : []
    });
  }

  /** Signal 9 to the process that serves the stack. */
  kill(): void {
    this.running = false;
    this.#leftBehind = true;
    this.#pid += 1;
  }

  release(): Promise<void> {
    this.leases = Math.max(0, this.leases - 1);
    return Promise.resolve();
  }

  down(): Promise<void> {
    this.running = false;
    this.leases = 0;
    this.#id += 1;
    this.#pid += 1;
    return Promise.resolve();
  }
}
