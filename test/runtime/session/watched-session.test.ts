import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNotebookSession } from '../../../src/runtime/session/notebook-session.ts';
import type { SessionDependencies, SessionEnd } from '../../../src/runtime/session-port.ts';
import { HeadraceError } from '../../../src/shared/errors.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { MemoryLivy } from '../../fakes/memory-livy.ts';

const NONE: SessionDependencies = { packages: [], conf: {} };
const quiet = (): void => undefined;
const { signal } = new AbortController();

/** A session that runs, on a clock that a test moves. */
async function running(dependencies = NONE) {
  const livy = new MemoryLivy();
  const clock = new ManualClock();
  const session = createNotebookSession({
    livy,
    notebook: 'nb',
    dependencies,
    resolvePackages: () => Promise.resolve([]),
    clock
  });
  await session.ensure(quiet, signal);
  const ends: SessionEnd[] = [];
  const watch = () => session.watch(end => ends.push(end));
  return { livy, clock, session, ends, watch };
}

describe('a session that is watched', () => {
  it('is looked at every few seconds, and only while somebody watches', async () => {
    const { livy, clock, watch } = await running();
    const before = livy.sessionLooks;
    await clock.advance(60_000);
    assert.equal(livy.sessionLooks, before);
    const [first, second] = [watch(), watch()];
    await clock.advance(10_000);
    const watched = livy.sessionLooks;
    assert.ok(watched > before && watched <= before + 10, `${watched - before} looks`);
    first();
    await clock.advance(10_000);
    assert.ok(livy.sessionLooks > watched);
    second();
    const after = livy.sessionLooks;
    await clock.advance(60_000);
    assert.equal(livy.sessionLooks, after);
  });

  it('is kept alive', async () => {
    const { livy, clock, watch } = await running();
    watch();
    await clock.advance(15 * 60_000);
    assert.ok(livy.keptAlive.length >= 3 && livy.keptAlive.length <= 5, livy.keptAlive.join());
  });

  it('with a heartbeat is looked at often enough for it', async () => {
    const { livy, clock, watch } = await running({
      ...NONE,
      resources: { heartbeatTimeoutInSecond: 3 }
    });
    const before = livy.sessionLooks;
    watch();
    await clock.advance(30_000);
    assert.ok(livy.sessionLooks - before >= 25, `${livy.sessionLooks - before} looks`);
  });

  it('is told dead once, with the reason; its replacement is watched as well', async () => {
    const { livy, clock, session, ends, watch } = await running();
    watch();
    livy.log = ['The driver has ended: killed by SIGKILL.'];
    livy.kill(0);
    await clock.advance(10_000);
    assert.deepEqual(
      ends.map(({ wanted, error }) => [wanted, error.code, error.why]),
      [[false, 'HR_SESSION_DEAD', 'killed by SIGKILL']]
    );
    assert.equal(session.current, null);
    await session.ensureQuietly(signal);
    livy.kill(1);
    await clock.advance(10_000);
    assert.equal(ends.length, 2);
  });

  it('that a cell finds dead is told at once', async () => {
    const { livy, session, ends, watch } = await running();
    watch();
    livy.kill(0);
    livy.answer = () => {
      throw new HeadraceError('HR_SESSION_DEAD', 'The Spark session is dead');
    };
    await assert.rejects(session.run('1', 'pyspark', { signal }));
    assert.equal(ends.length, 1);
  });

  it('is not taken for dead while the endpoint is away', async () => {
    const { livy, clock, ends, watch } = await running();
    watch();
    livy.away = true;
    await clock.advance(60_000);
    livy.away = false;
    await clock.advance(60_000);
    assert.deepEqual(ends, []);
  });

  it('that is reset is told as wanted', async () => {
    const { clock, session, ends, watch } = await running();
    watch();
    await session.reset(NONE, signal);
    await clock.advance(60_000);
    assert.deepEqual(
      ends.map(({ wanted }) => wanted),
      [true]
    );
  });

  it('keeps what it has to say for the next start that somebody reads', async () => {
    const { livy, clock, session, watch } = await running();
    watch();
    livy.kill(0);
    await clock.advance(10_000);
    await session.ensureQuietly(signal);
    const notices: string[] = [];
    await session.ensure(({ label, notice }) => notice && notices.push(label), signal);
    assert.match(notices.join(), /of the last one are lost/);
  });
});

describe('a session that two kernels create at once', () => {
  const start = (livy: MemoryLivy) =>
    createNotebookSession({
      livy,
      notebook: 'nb',
      dependencies: NONE,
      resolvePackages: () => Promise.resolve([]),
      clock: new ManualClock()
    }).ensure(quiet, signal);

  for (const code of ['HR_LIVY_REFUSED', 'HR_LIVY_UNREACHABLE'] as const)
    it(`is the winner’s where the loser gets ${code}`, async () => {
      const livy = new MemoryLivy();
      livy.refuseCreation = request => {
        livy.refuseCreation = () => null;
        livy.add(request);
        return new HeadraceError(code, 'Duplicate session name');
      };
      assert.equal((await start(livy)).id, 0);
      assert.equal(livy.created.length, 1);
    });

  it('is the oldest one where names are not unique', async () => {
    const livy = new MemoryLivy();
    livy.lookUpByName = false;
    livy.refuseCreation = request => {
      livy.refuseCreation = () => null;
      livy.add(request);
      return null;
    };
    assert.equal((await start(livy)).id, 0);
    assert.deepEqual(livy.deletedSessions, [1]);
  });

  it('that the endpoint refuses for another reason says that reason', async () => {
    const livy = new MemoryLivy();
    livy.refuseCreation = () => new HeadraceError('HR_LIVY_REFUSED', 'No room');
    await assert.rejects(start(livy), /No room/);
  });
});
