import type { NetworkProbes } from '../../src/runtime/profile/doctor/port.ts';

/** A network in which every name is public and every port open, but for those that a test names. */
export class MemoryNetwork implements NetworkProbes {
  readonly addresses = new Map<string, readonly string[]>();
  readonly unknown = new Set<string>();
  /** `host:port`. */
  readonly closed = new Set<string>();

  lookup(host: string): Promise<readonly string[]> {
    if (this.unknown.has(host)) return Promise.reject(failure('ENOTFOUND'));
    return Promise.resolve(this.addresses.get(host) ?? ['203.0.113.1']);
  }

  connect(host: string, port: number): Promise<void> {
    return this.closed.has(`${host}:${port}`)
      ? Promise.reject(failure('ECONNREFUSED'))
      : Promise.resolve();
  }
}

function failure(code: string): Error {
  return Object.assign(new Error(`${code} in a test`), { code });
}
