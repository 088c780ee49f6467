import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNotebookSessions } from '../../../src/runtime/session/notebook-sessions.ts';
import { failsWith } from '../../fakes/errors.ts';
import { MemoryLivy } from '../../fakes/memory-livy.ts';
import { VirtualClock } from '../../fakes/virtual-clock.ts';

const quiet = (): void => undefined;
const { signal } = new AbortController();

function fixture(livy = new MemoryLivy()) {
  const sessions = createNotebookSessions({
    livy,
    notebook: 'nb',
    dependencies: { packages: [], conf: {}, resources: { driverMemory: '2g', jars: ['a.jar'] } },
    resolvePackages: () => Promise.resolve([]),
    clock: new VirtualClock()
  });
  return { livy, sessions };
}

describe('the sessions of a notebook', () => {
  it('are named after it, and cells run in the one that was created last', async () => {
    const { livy, sessions } = fixture();
    await sessions.current.ensure(quiet, signal);
    const other = await sessions.create('etl', quiet, signal);
    assert.equal(sessions.current, other);
    assert.deepEqual(
      livy.created.map(({ name }) => name),
      ['headrace-nb', 'headrace-nb-etl']
    );
    assert.deepEqual(
      livy.created.map(({ driverMemory, jars }) => [driverMemory, jars]),
      [
        ['2g', ['a.jar']],
        ['2g', ['a.jar']]
      ]
    );
  });

  it('are listed with those of others', async () => {
    const { livy, sessions } = fixture();
    await sessions.current.ensure(quiet, signal);
    livy.add({ name: 'headrace-other' });
    livy.add({});
    const listed = await sessions.list(signal);
    assert.deepEqual(
      listed.map(({ session, shortName, isCurrent }) => [session.id, shortName, isCurrent]),
      [
        [0, 'main', true],
        [1, null, false],
        [2, null, false]
      ]
    );
  });

  it('are found again by a new kernel', async () => {
    const { livy, sessions } = fixture();
    await sessions.create('etl', quiet, signal);
    const second = fixture(livy).sessions;
    const used = await second.use('etl', signal);
    assert.equal((await used.ensure(quiet, signal)).id, 0);
    assert.equal(livy.created.length, 1);
  });

  it('refuse a name that is taken, and one that no session can have', async () => {
    const { sessions } = fixture();
    await sessions.create('etl', quiet, signal);
    await assert.rejects(
      sessions.create('etl', quiet, signal),
      failsWith('HR_USAGE', /%session use etl/)
    );
    await assert.rejects(
      sessions.create('7', quiet, signal),
      failsWith('HR_USAGE', /cannot be named "7"/)
    );
    await assert.rejects(
      sessions.create('relay', quiet, signal),
      failsWith('HR_USAGE', /cannot be named relay/)
    );
  });

  it('of others are used by name or id, and never reset', async () => {
    const { livy, sessions } = fixture();
    livy.add({ name: 'somebody' });
    for (const way of ['somebody', '0', '@0']) {
      const session = await sessions.use(way, signal);
      assert.equal(session.name, '@0');
      assert.equal((await session.ensure(quiet, signal)).id, 0);
    }
    await assert.rejects(
      sessions.current.reset({ packages: [], conf: {} }, signal),
      failsWith('HR_USAGE', /not of this notebook/)
    );
    assert.equal(sessions.named('@0'), sessions.current);
    livy.kill(0);
    await assert.rejects(
      sessions.current.ensure(quiet, signal),
      failsWith('HR_SESSION_NOT_FOUND', /has ended.*%session use main/)
    );
    assert.equal((await sessions.use('main', signal)).name, 'main');
  });

  it('are deleted by name or id, and cells go back to main', async () => {
    const { livy, sessions } = fixture();
    await sessions.create('etl', quiet, signal);
    livy.add({ name: 'somebody' });
    await sessions.delete('somebody', signal);
    assert.equal(sessions.current.name, 'etl');
    await sessions.delete('0', signal);
    assert.deepEqual(livy.deletedSessions, [1, 0]);
    assert.equal(sessions.current.name, 'main');
  });

  it('that do not exist have a neighbour', async () => {
    const { sessions } = fixture();
    await assert.rejects(
      sessions.use('elt', signal),
      failsWith('HR_SESSION_NOT_FOUND', /None runs/)
    );
    await sessions.create('etl', quiet, signal);
    await assert.rejects(
      sessions.delete('elt', signal),
      failsWith('HR_SESSION_NOT_FOUND', /Did you mean etl\?/)
    );
  });

  it('complete where one runs', async () => {
    const { livy, sessions } = fixture();
    livy.words = ['parallelize'];
    const complete = () => sessions.current.complete('sc.paral', 'spark', 8, signal);
    assert.deepEqual(await complete(), []);
    await sessions.current.ensure(quiet, signal);
    assert.deepEqual(await complete(), ['parallelize']);
  });
});
