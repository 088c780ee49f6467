import type { LocalStack, StackEndpoints, StackStatus } from '../../src/runtime/stack-port.ts';

/** A stack without processes; each start after `down` has a new id and pid. */
export class MemoryStack implements LocalStack {
  running = false;
  leases = 0;
  #pid = 100;

  get endpoints(): StackEndpoints {
    return {
      id: `stack-${this.#pid}`,
      brokers: ['127.0.0.1:9092'],
      livyUrl: 'http://127.0.0.1:8998',
      livyToken: 'token',
      pid: this.#pid
    };
  }

  ensure(): Promise<StackEndpoints> {
    this.running = true;
    this.leases += 1;
    return Promise.resolve(this.endpoints);
  }

  status(): Promise<StackStatus> {
    return Promise.resolve({
      running: this.running,
      endpoints: this.running ? this.endpoints : null,
      startedAt: this.running ? 0 : null,
      leases: this.leases,
      parts: this.running ? [{ name: 'broker', state: 'running', detail: '127.0.0.1:9092' }] : []
    });
  }

  release(): Promise<void> {
    this.leases = Math.max(0, this.leases - 1);
    return Promise.resolve();
  }

  down(): Promise<void> {
    this.running = false;
    this.leases = 0;
    this.#pid += 1;
    return Promise.resolve();
  }
}
