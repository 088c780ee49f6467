import type { Gateway } from '../gateway/gateway.ts';
import type { BrokerKeeper } from './broker-keeper.ts';
import type { StackStatusAnswer } from './control-routes.ts';
import type { LeaseBook } from './leases.ts';

/** The parts of a stack that its status tells of. */
export interface StackParts {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly leases: LeaseBook;
  readonly broker: Pick<BrokerKeeper, 'state' | 'address'>;
  readonly gateway: Pick<Gateway, 'sessions' | 'batches'>;
}

/** What a stack says of itself: one line a part, the broker first. */
export function stackStatus({ startedAt, leases, broker, gateway }: StackParts): StackStatusAnswer {
  const sessions = gateway.sessions();
  return {
    pid: process.pid,
    startedAt,
    leases: leases.count(),
    parts: [
      { kind: 'service', name: 'Kafka', state: broker.state, detail: broker.address },
      {
        kind: 'service',
        name: 'Livy gateway',
        state: 'running',
        detail: `${sessions.length} ${sessions.length === 1 ? 'session' : 'sessions'}`
      },
      ...sessions.map(one => workOf('session', 'Spark session', one)),
      ...gateway.batches().map(one => workOf('batch', 'Batch', one))
    ]
  };
}

function workOf(
  kind: 'session' | 'batch',
  sort: string,
  { id, state, name }: ReturnType<Gateway['sessions']>[number]
): StackStatusAnswer['parts'][number] {
  return { kind, name: `${sort} ${id}`, state, detail: name ?? '' };
}
