import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import {
  turnAnswerSchema,
  type RelayRecord,
  type TurnAnswer,
  type TurnRequest
} from '../../../src/runtime/relay/messages.ts';
import { tailThrough } from '../../../src/runtime/relay/tail.ts';
import { Turns } from '../../../src/runtime/relay/turns.ts';
import type { ConsumedRecord } from '../../../src/runtime/kafka/port.ts';
import { failsWith } from '../../fakes/errors.ts';
import { VirtualClock } from '../../fakes/virtual-clock.ts';

const file = new URL('../../../spark-jobs/tests/relay_messages.json', import.meta.url);
const messages = JSON.parse(await readFile(file, 'utf8')) as {
  readonly request: TurnRequest & { readonly kafka: unknown };
  readonly answer: { readonly ok: unknown };
};

type Poll = TurnAnswer['polls'][string];

/** Turns whose topic has one partition that holds the offsets 3 to 6, and whose polls are answered in order. */
function turnsOf(polls: readonly (Poll | 'nothing')[]) {
  const clock = new VirtualClock();
  const asked: string[] = [];
  const left = [...polls];
  const range = { topic: 'words', topicId: 'one', partition: 0, earliest: '3', latest: '7' };
  const turns = new Turns(
    {
      ready: () => Promise.resolve(),
      run(turn) {
        const answer: TurnAnswer = { calls: {}, polls: {} };
        for (const { id } of turn.calls) answer.calls[id] = { ok: [range] };
        for (const { id, positions } of turn.polls) {
          asked.push(positions[0]?.offset ?? '');
          const next = left.shift() ?? 'nothing';
          answer.polls[id] = next === 'nothing' ? { ok: [] } : next;
        }
        return Promise.resolve(answer);
      }
    },
    clock,
    ['b-1:9098']
  );
  return { turns, clock, asked };
}

function moved(next: bigint, ...values: string[]): Poll {
  const first = next - BigInt(values.length);
  const records = values.map((value, n): RelayRecord => [first + BigInt(n), 0, null, value, {}]);
  return { ok: [{ topic: 'words', partition: 0, next, records }] };
}

async function take(batches: AsyncIterable<readonly ConsumedRecord[]>, count: number) {
  const taken: ConsumedRecord[] = [];
  for await (const batch of batches) {
    taken.push(...batch);
    if (taken.length >= count) break;
  }
  return taken.map(({ offset, value }) => [offset, value]);
}

const away: Poll = { error: { kind: 'unreachable', why: 'late' } };

describe('a tail through the relay', () => {
  it('asks for what comes next, also past offsets that hold nothing', async () => {
    const { turns, clock, asked } = turnsOf([moved(5n, 'a', 'b'), moved(9n), moved(10n, 'c')]);
    const { signal } = new AbortController();
    const tail = tailThrough({ turns, clock }, { topics: ['words'], from: 'earliest', signal });
    assert.deepEqual(await take(tail, 3), [
      [3n, 'a'],
      [4n, 'b'],
      [9n, 'c']
    ]);
    assert.deepEqual(asked, ['3', '5', '9']);
  });

  it('starts at the end where that is asked', async () => {
    const { turns, clock, asked } = turnsOf(['nothing', moved(8n, 'new')]);
    const { signal } = new AbortController();
    const tail = tailThrough({ turns, clock }, { topics: ['words'], from: 'latest', signal });
    assert.deepEqual(await take(tail, 1), [[7n, 'new']]);
    assert.deepEqual(asked, ['7', '7']);
  });

  it('outlives brokers that are away for a while, and gives up after a minute', async () => {
    const { signal } = new AbortController();
    const options = { topics: ['words'], from: 'earliest', signal } as const;
    const short = turnsOf([away, away, away, moved(4n, 'a')]);
    assert.deepEqual(await take(tailThrough(short, options), 1), [[3n, 'a']]);
    const long = turnsOf(Array.from({ length: 200 }, () => away));
    const startedAt = long.clock.now();
    await assert.rejects(
      take(tailThrough(long, options), 1),
      failsWith('HR_BROKER_UNREACHABLE', /b-1:9098: late/)
    );
    assert.ok(long.clock.now() - startedAt > 59_000);
  });

  it('throws when its topic is gone', async () => {
    const { signal } = new AbortController();
    const gone: Poll = { error: { kind: 'missing', topic: 'words', existing: [] } };
    await assert.rejects(
      take(tailThrough(turnsOf([gone]), { topics: ['words'], from: 'latest', signal }), 1),
      failsWith('HR_TOPIC_NOT_FOUND', /no topic named words/)
    );
  });

  it('ends without an error when it is aborted', async () => {
    const stop = new AbortController();
    const parts = turnsOf([moved(4n, 'a')]);
    const seen: (string | null)[] = [];
    const options = { topics: ['words'], from: 'earliest', signal: stop.signal } as const;
    for await (const batch of tailThrough(parts, options)) {
      seen.push(...batch.map(({ value }) => value));
      stop.abort();
    }
    assert.deepEqual(seen, ['a']);
  });
});

describe('the messages of the relay', () => {
  it('are asked as Python reads them, and read as Python answers them', async () => {
    const asked: TurnRequest[] = [];
    const turns = new Turns(
      {
        ready: () => Promise.resolve(),
        run: turn => {
          asked.push(turn);
          return Promise.resolve(turnAnswerSchema.parse(messages.answer.ok));
        }
      },
      new VirtualClock(),
      ['b-1:9098']
    );
    const { signal } = new AbortController();
    const tail = turns.tail();
    turns.drop('tail-0');
    const position = { topic: 'words', topicId: 'one', partition: 0, offset: '0' };
    const read = { op: 'read', topic: 'words', partition: 0, from: '1', to: '2' } as const;
    const records = [{ value: 'x', partition: 7 }];
    const answers = await Promise.allSettled([
      turns.call({ op: 'list' }),
      turns.call(read),
      turns.call({ op: 'send', topic: 'words', records }),
      turns.poll(tail, { positions: [position] }, signal)
    ]);
    const { kafka, ...request } = messages.request;
    assert.ok(kafka !== undefined);
    assert.deepEqual(JSON.parse(JSON.stringify(asked)), [request]);
    const [list, page, send, polled] = answers;
    assert.deepEqual(list.status === 'fulfilled' && list.value, ['words']);
    assert.deepEqual(page.status === 'fulfilled' && page.value.next, 2n);
    assert.ok(send.status === 'rejected');
    assert.ok(failsWith('HR_USAGE', /no partition 7 \(it has 2/)(send.reason));
    assert.equal(polled.status === 'fulfilled' && polled.value[0]?.records[1]?.[3], 'b');
  });
});
