import assert from 'node:assert/strict';
import type { FakeAws } from '../../../../fakes/aws/server/start.ts';
import type { Clients } from '../support.ts';

/** A walk through the actions of a server on which stacks stand. */
export interface Tour {
  readonly aws: FakeAws;
  readonly clients: Clients;
  /** An output of the stacks. */
  readonly out: (name: string) => string;
  /** Calls `service:Action`, and compares what the client read with what the server wrote. */
  readonly same: (action: string, call: () => Promise<object>) => Promise<object>;
}

export function tourOf(
  aws: FakeAws,
  clients: Clients,
  outputs: Readonly<Record<string, string>>,
  seen: Set<string>
): Tour {
  return {
    aws,
    clients,
    out: name => outputs[name] ?? '',
    async same(action, call) {
      const answer = await call();
      const last = aws.calls.at(-1);
      assert.equal(`${last?.service ?? ''}:${last?.action ?? ''}`, action);
      assert.deepEqual(essence(answer), essence(last?.output));
      seen.add(action);
      return answer;
    }
  };
}

/** What matters of an answer: empty lists and absent members are the same on the wire. */
function essence(value: unknown): unknown {
  if (value instanceof Date) return Math.floor(value.getTime() / 1000);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  // The SDK has a class of its own for texts that hold JSON.
  if (value instanceof String) return value.toString();
  if (Array.isArray(value)) return value.map(essence);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => name !== '$metadata');
  const members = kept.map(([name, each]) => [name, essence(each)] as const);
  return Object.fromEntries(members.filter(([, each]) => !isEmpty(each)));
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
