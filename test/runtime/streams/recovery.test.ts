import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { z } from 'zod';
import {
  beatSchema,
  descriptorSchema,
  type Descriptor
} from '../../../src/runtime/streams/messages.ts';
import { MAX_RESTARTS } from '../../../src/runtime/restart-limit.ts';
import { StreamRecovery } from '../../../src/runtime/streams/recovery.ts';
import { TailedStream } from '../../../src/runtime/streams/tailed-stream.ts';
import { topicsOf } from '../../../src/runtime/streams/topics.ts';
import { HeadraceError } from '../../../src/shared/errors.ts';
import { ManualClock, settle } from '../../fakes/manual-clock.ts';
import { MemoryKafka } from '../../fakes/memory-kafka.ts';
import { ScriptedSession } from '../../fakes/scripted-session.ts';
import { ScriptedSessions } from '../../fakes/scripted-sessions.ts';

const file = new URL('../../../spark-jobs/tests/stream_messages.json', import.meta.url);
const messages = z
  .object({ descriptor: descriptorSchema, beat: beatSchema })
  .parse(JSON.parse(await readFile(file, 'utf8')));

const death = (why: string) => new HeadraceError('HR_SESSION_DEAD', 'The session ended', { why });

/** A stream whose session a test lets die, and whose next start it answers. */
function scene() {
  const clock = new ManualClock();
  const session = new ScriptedSession();
  const sessions = new ScriptedSessions(session);
  const { descriptor } = messages;
  const topics = topicsOf('nb', descriptor.spec.name);
  const { spec } = descriptor;
  const stopQuery = () => Promise.resolve();
  const kafka = new MemoryKafka();
  const stream = new TailedStream({ descriptor, spec, topics, kafka, clock, stopQuery });
  const starts: ((signal: AbortSignal) => Promise<Descriptor>)[] = [];
  const begun: AbortSignal[] = [];
  const startAgain = (signal: AbortSignal) => {
    begun.push(signal);
    const start = starts.shift() ?? (() => Promise.resolve({ ...descriptor, run: 'second' }));
    return start(signal);
  };
  const recovery = new StreamRecovery({ stream, sessions, clock, startAgain });
  const die = (why: string) => recovery.sessionEnded({ wanted: false, error: death(why) });
  return { clock, session, stream, recovery, starts, begun, die };
}

describe('a stream whose session dies', () => {
  it('starts again in a new one, and says what happened', async () => {
    const { clock, session, stream, begun, die } = scene();
    const states: string[] = [];
    stream.onStatus(({ state, reason }) => states.push(`${state}: ${reason}`));
    die('killed by SIGKILL');
    await settle();
    assert.equal(begun.length, 1);
    assert.notEqual(session.current, null);
    assert.match(states[0] ?? '', /^starting: The Spark session died \(killed by SIGKILL\)/);
    await clock.advance(30_000);
    assert.equal(stream.status().state, 'starting');
  });

  it('tries again when the new session dies as well, a few times', async () => {
    const { clock, stream, starts, begun, die } = scene();
    for (let n = 0; n < MAX_RESTARTS; n++) starts.push(() => Promise.reject(death('no memory')));
    die('first');
    await clock.advance(60_000);
    assert.equal(begun.length, MAX_RESTARTS);
    assert.equal(stream.status().state, 'failed');
    assert.match(stream.status().reason, /no memory/);
  });

  it('may die again later: only deaths close together are too many', async () => {
    const { clock, begun, stream, die } = scene();
    for (let n = 0; n < 2 * MAX_RESTARTS; n++) {
      die('again');
      await clock.advance(5 * 60_000);
    }
    assert.equal(begun.length, 2 * MAX_RESTARTS);
    assert.notEqual(stream.status().state, 'failed');
  });

  it('is not started again once it is stopped', async () => {
    const { recovery, starts, begun, die } = scene();
    let aborted = false;
    starts.push(
      signal =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => {
            aborted = true;
            reject(death('interrupted'));
          })
        )
    );
    die('first');
    await settle();
    await recovery.close();
    assert.ok(aborted);
    die('second');
    await settle();
    assert.equal(begun.length, 1);
  });

  it('fails where the session was deleted on purpose', () => {
    const { stream, recovery, begun } = scene();
    recovery.sessionEnded({ wanted: true, error: death('') });
    assert.equal(stream.status().state, 'failed');
    assert.equal(begun.length, 0);
  });

  it('watches its own session until it has ended', async () => {
    const { session, stream } = scene();
    assert.equal(session.watchers.size, 1);
    stream.fail('for this test');
    await stream.ended;
    await settle();
    assert.equal(session.watchers.size, 0);
  });
});
