import type { OperationsOf } from '../../../../../src/runtime/aws/control/send.ts';
import { serviceError, type FakeService } from '../../control/fake-service.ts';
import type { Request } from './conformance.ts';

/** What the fakes of the services have in common. */
export const ROLE = 'arn:aws:iam::123456789012:role/headrace-demo-spark';
export const LOGS = { bucket: 'demo', prefix: 'logs' };
export const LOG_URI = { s3MonitoringConfiguration: { logUri: 's3://demo/logs/' } };
export const NAME = 'word-count';

export function requestsOf<Known extends OperationsOf<Known>>({
  calls
}: FakeService<Known>): readonly Request[] {
  return calls.map(({ operation, input }): Request => [operation, input]);
}

/** Pages of fifty, as the services give them; oldest first, so that the order is ours. */
export function page(count: number, token: string | undefined) {
  const from = Number(token ?? 0);
  const numbers = Array.from(
    { length: Math.min(50, count - from) },
    (_, index) => from + index + 1
  );
  return { numbers, next: from + 50 < count ? String(from + 50) : undefined };
}

/** Throws where the test wants the service to refuse. */
export function refuse(said: string): void {
  if (said === 'REFUSED') throw serviceError('ValidationException', 'No such job.');
}
