import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TurnAnswer, TurnRequest } from '../../../src/runtime/relay/messages.ts';
import { Turns, type TurnRunner } from '../../../src/runtime/relay/turns.ts';
import { HeadraceError } from '../../../src/shared/errors.ts';
import { failsWith } from '../../fakes/errors.ts';
import { ManualClock, settle } from '../../fakes/manual-clock.ts';

const BROKERS = ['b-1:9098'];
const position = { topic: 'words', topicId: 'one', partition: 0, offset: '0' };
const dead = (): Error => new HeadraceError('HR_SESSION_DEAD', 'The Spark session has ended');

/** Keeps the turns; each ends when the test says how. */
class HeldRunner implements TurnRunner {
  readonly turns: TurnRequest[] = [];
  starts = 0;
  onReady: () => Promise<void> = () => Promise.resolve();
  #end: {
    readonly ok: (answer: TurnAnswer) => void;
    readonly fail: (error: Error) => void;
  } | null = null;

  ready(): Promise<void> {
    this.starts += 1;
    return this.onReady();
  }

  run(turn: TurnRequest): Promise<TurnAnswer> {
    assert.equal(this.#end, null, 'one turn at a time');
    this.turns.push(turn);
    return new Promise((resolve, reject) => {
      this.#end = { ok: resolve, fail: reject };
    });
  }

  /** Answers each call with what `of` gives, and polls with nothing new. */
  async answer(of: (op: string) => unknown = () => ({})): Promise<void> {
    const turn = this.turns.at(-1);
    const calls = Object.fromEntries((turn?.calls ?? []).map(({ id, op }) => [id, { ok: of(op) }]));
    const polls = Object.fromEntries((turn?.polls ?? []).map(({ id }) => [id, { ok: [] }]));
    await this.end(calls, polls);
  }

  async end(calls: TurnAnswer['calls'], polls: TurnAnswer['polls'] = {}): Promise<void> {
    const end = this.#end;
    this.#end = null;
    end?.ok({ calls, polls });
    await settle();
    await settle();
  }

  async fail(error: Error): Promise<void> {
    const end = this.#end;
    this.#end = null;
    end?.fail(error);
    await settle();
    await settle();
  }
}

function open() {
  const runner = new HeldRunner();
  const clock = new ManualClock();
  return { runner, clock, turns: new Turns(runner, clock, BROKERS) };
}

async function begun(): Promise<void> {
  await settle();
  await settle();
}

/** Sends a record, and looks after its rejection until a test asks for it. */
function send(turns: Turns, value: string, signal?: AbortSignal): Promise<unknown> {
  const sent = turns.call({ op: 'send', topic: 'words', records: [{ value }] }, signal);
  sent.catch(() => undefined);
  return sent;
}

const acknowledged = (): unknown => ({ acknowledged: 1 });

describe('turns', () => {
  it('carry all that waits, in the order in which it was asked', async () => {
    const { runner, turns } = open();
    const { signal } = new AbortController();
    const polled = turns.poll('tail', { positions: [position] }, signal);
    const sent = [send(turns, 'a'), send(turns, 'b')];
    await begun();
    assert.deepEqual(
      runner.turns.map(({ calls, polls }) => [calls.map(({ op }) => op), polls.length]),
      [[['send', 'send'], 1]]
    );
    await runner.answer(acknowledged);
    assert.deepEqual(await Promise.all([...sent, polled]), [
      { acknowledged: 1 },
      { acknowledged: 1 },
      []
    ]);
  });

  it('wait for records only while nothing else is asked', async () => {
    const { runner, clock, turns } = open();
    const { signal } = new AbortController();
    const poll = () => void turns.poll('tail', { positions: [position] }, signal);
    poll();
    await begun();
    const sent = send(turns, 'a');
    await runner.answer();
    await runner.answer(acknowledged);
    await sent;
    poll();
    await begun();
    await runner.answer();
    await clock.advance(10_000);
    poll();
    await begun();
    const waits = runner.turns.map(({ waitMs }) => waitMs);
    assert.equal(waits.length, 4);
    const [calm = 0, hurry = 0, brisk = 0, later = 0] = waits;
    assert.ok(hurry < brisk && brisk < calm, waits.join());
    assert.equal(later, calm);
  });

  it('hold no more than a statement should, and leave the rest for the next', async () => {
    const { runner, turns } = open();
    const sent = ['a', 'b', 'c'].map(letter => send(turns, letter.repeat(250_000)));
    await begun();
    await runner.answer(acknowledged);
    await runner.answer(acknowledged);
    await Promise.all(sent);
    assert.deepEqual(
      runner.turns.map(({ calls }) => calls.length),
      [2, 1]
    );
  });

  it('take what is larger than a turn all the same', async () => {
    const { runner, turns } = open();
    const sent = send(turns, 'a'.repeat(2_000_000));
    await begun();
    await runner.answer(acknowledged);
    await sent;
  });

  it('leave out what was interrupted before it was sent, and go on with the others', async () => {
    const { runner, turns } = open();
    const stop = new AbortController();
    const first = send(turns, 'first');
    await begun();
    const [gone, kept] = [send(turns, 'gone', stop.signal), send(turns, 'kept')];
    stop.abort();
    await assert.rejects(gone, failsWith('HR_INTERRUPTED', /Kafka request/));
    await runner.answer(acknowledged);
    await runner.answer(acknowledged);
    await Promise.all([first, kept]);
    const [call] = runner.turns.at(-1)?.calls ?? [];
    assert.deepEqual(call?.op === 'send' && call.records, [{ value: 'kept' }]);
    assert.equal(runner.turns.length, 2);
  });

  it('do not hold an interrupt up that comes while they run', async () => {
    const { runner, turns } = open();
    const stop = new AbortController();
    const sent = send(turns, 'a', stop.signal);
    await begun();
    stop.abort();
    await assert.rejects(sent, failsWith('HR_INTERRUPTED', /Kafka request/));
    await runner.answer(acknowledged);
    const next = send(turns, 'b');
    await begun();
    await runner.answer(acknowledged);
    await next;
  });

  it('ask again for records when the session died, and never send them a second time', async () => {
    const { runner, turns } = open();
    const { signal } = new AbortController();
    const polled = turns.poll('tail', { positions: [position] }, signal);
    const listed = turns.call({ op: 'list' });
    const sent = send(turns, 'a');
    await begun();
    await runner.fail(dead());
    await assert.rejects(
      sent,
      failsWith('HR_SESSION_DEAD', /not known whether the record reached words.*%topic peek/)
    );
    assert.equal(runner.starts, 2);
    const { calls, polls } = runner.turns[1] ?? { calls: [], polls: [] };
    assert.deepEqual([calls.map(({ op }) => op), polls.length], [['list'], 1]);
    await runner.answer(() => ['words']);
    assert.deepEqual([await polled, await listed], [[], ['words']]);
  });

  it('say so for a topic that may have been made', async () => {
    const { runner, turns } = open();
    const made = turns.call({ op: 'create', topics: [{ name: 'words', partitions: 1 }] });
    made.catch(() => undefined);
    await begun();
    await runner.fail(new HeadraceError('HR_LIVY_UNREACHABLE', 'No Livy endpoint answers'));
    await assert.rejects(
      made,
      failsWith('HR_LIVY_UNREACHABLE', /not known whether the topics words were created/)
    );
  });

  it('give up what ends one session after the other', async () => {
    const { runner, turns } = open();
    const listed = turns.call({ op: 'list' });
    listed.catch(() => undefined);
    await begun();
    await runner.fail(dead());
    await runner.fail(dead());
    await assert.rejects(listed, failsWith('HR_SESSION_DEAD', /has ended/));
    assert.equal(runner.turns.length, 2);
  });

  it('send nothing where no session starts, and say just that', async () => {
    const { runner, turns } = open();
    runner.onReady = () => Promise.reject(new HeadraceError('HR_TIMEOUT', 'Spark did not start'));
    await assert.rejects(send(turns, 'a'), failsWith('HR_TIMEOUT', /^Spark did not start\.$/));
    assert.equal(runner.turns.length, 0);
    runner.onReady = () => Promise.resolve();
    const sent = send(turns, 'b');
    await begun();
    await runner.answer(acknowledged);
    await sent;
  });

  it('tell what the brokers refused, and how far a send came', async () => {
    const { runner, turns } = open();
    const listed = turns.call({ op: 'list' });
    const sent = send(turns, 'a');
    listed.catch(() => undefined);
    await begun();
    const [list, records] = runner.turns[0]?.calls ?? [];
    const late = { kind: 'unreachable', why: 'late' } as const;
    await runner.end({
      [list?.id ?? '']: { error: late },
      [records?.id ?? '']: { error: { kind: 'unsent', acknowledged: 0, cause: late } }
    });
    await assert.rejects(listed, failsWith('HR_BROKER_UNREACHABLE', /tried b-1:9098: late/));
    await assert.rejects(
      sent,
      failsWith('HR_BROKER_UNREACHABLE', /acknowledged: 0 of 1.*before you send them again/)
    );
  });

  it('tell the session of tails that ended, until it has heard', async () => {
    const { runner, turns } = open();
    turns.drop('tail-1');
    const drops = async (): Promise<readonly string[]> => {
      const listed = turns.call({ op: 'list' });
      listed.catch(() => undefined);
      await begun();
      return runner.turns.at(-1)?.drop ?? [];
    };
    assert.deepEqual(await drops(), ['tail-1']);
    await runner.fail(new HeadraceError('HR_LIVY_UNREACHABLE', 'No Livy endpoint answers'));
    assert.deepEqual(await drops(), ['tail-1']);
    await runner.answer(() => []);
    assert.deepEqual(await drops(), []);
  });

  it('leave nobody waiting when they are closed', async () => {
    const { turns } = open();
    const first = send(turns, 'a');
    await begun();
    const second = send(turns, 'b');
    turns.close();
    await assert.rejects(second, failsWith('HR_INTERRUPTED', /closed/));
    await assert.rejects(first, failsWith('HR_INTERRUPTED', /closed/));
    await assert.rejects(send(turns, 'c'), failsWith('HR_INTERRUPTED', /closed/));
  });
});
