import { HeadraceError } from '../../shared/errors.ts';
import {
  leaseSchema,
  stackStatusSchema,
  type StackStatusAnswer
} from '../supervisor/control-routes.ts';
import type { StackRecord } from '../supervisor/records.ts';

/** A daemon on this machine answers at once or is stuck, milliseconds. */
const ANSWER_MS = 5_000;

/** The control routes of a running stack. Each call rejects with HR_PROCESS when the stack does not answer. */
export class StackHttp {
  readonly #record: StackRecord;

  constructor(record: StackRecord) {
    this.#record = record;
  }

  async status(): Promise<StackStatusAnswer> {
    const response = await this.#call('GET', 'status');
    return stackStatusSchema.parse(await response.json());
  }

  /** A new lease; its id. */
  async lease(): Promise<string> {
    const response = await this.#call('POST', 'leases');
    return leaseSchema.parse(await response.json()).id;
  }

  /** False when the lease is lost. */
  async renew(id: string): Promise<boolean> {
    const response = await this.#call('PUT', `leases/${id}`, [404]);
    return response.status !== 404;
  }

  async giveBack(id: string): Promise<void> {
    await this.#call('DELETE', `leases/${id}`);
  }

  /** Begins the end of the stack; the end of its process tells when it is done. */
  async shutdown(): Promise<void> {
    await this.#call('POST', 'shutdown');
  }

  async #call(method: string, path: string, accepted: readonly number[] = []): Promise<Response> {
    const { url, token } = this.#record;
    const response = await fetch(`${url}/headrace/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(ANSWER_MS)
    }).catch((cause: unknown) => {
      throw new HeadraceError('HR_PROCESS', 'The local stack does not answer', {
        next: 'Run %provision local again.',
        cause
      });
    });
    if (response.ok || accepted.includes(response.status)) return response;
    throw new HeadraceError('HR_PROCESS', `The local stack refused ${method} ${path}`, {
      why: `status ${response.status}`,
      next: 'Run %provision down --stack, then %provision local.'
    });
  }
}
