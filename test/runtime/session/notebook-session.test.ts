import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HeadraceError } from '../../../src/shared/errors.ts';
import { createNotebookSession } from '../../../src/runtime/session/notebook-session.ts';
import type { SessionDependencies } from '../../../src/runtime/session-port.ts';
import { MemoryLivy, text } from '../../fakes/memory-livy.ts';
import { VirtualClock } from '../../fakes/virtual-clock.ts';

const NONE: SessionDependencies = { packages: [], conf: {} };
const live = (): AbortSignal => new AbortController().signal;

function fixture(dependencies = NONE, livy = new MemoryLivy()) {
  const resolved: string[][] = [];
  const labels: string[] = [];
  const session = createNotebookSession({
    livy,
    notebook: 'nb',
    dependencies,
    resolvePackages: packages => {
      resolved.push([...packages]);
      return Promise.resolve(packages.map(name => `/jars/${name}.jar`));
    },
    clock: new VirtualClock(),
    workingDirectory: '/home/me'
  });
  const ensure = () => session.ensure(({ label }) => labels.push(label), live());
  return { livy, session, resolved, labels, ensure };
}

async function failure(promise: Promise<unknown>): Promise<HeadraceError> {
  const error: unknown = await promise.then(
    () => assert.fail('no error'),
    (reason: unknown) => reason
  );
  assert.ok(error instanceof HeadraceError, String(error));
  return error;
}

describe('the session of a notebook', () => {
  it('is created under the notebook’s name and used once before it is ready', async () => {
    const { livy, session, ensure } = fixture();
    const { id } = await ensure();
    assert.equal(livy.created[0]?.name, 'headrace-nb');
    assert.equal(livy.created[0].kind, 'pyspark');
    assert.equal(livy.statements.length, 1);
    assert.equal(session.current?.id, id);
  });

  it('tells the phases of the start with the seconds', async () => {
    const livy = new MemoryLivy();
    livy.states = [...Array.from({ length: 60 }, () => 'starting' as const), 'idle'];
    livy.log = ['stdout: ', '\nstderr: ', 'headrace: waiting for Java', 'WARN x'];
    const { labels, ensure } = fixture(NONE, livy);
    await ensure();
    assert.equal(labels[0], 'Starting Spark');
    assert.equal(labels[1], 'Starting Spark: waiting for Java');
    assert.match(labels.at(-1) ?? '', /^Starting Spark \(\d+ s\): waiting for Java$/);
  });

  it('is started once for callers at the same time, and not again afterwards', async () => {
    const { livy, ensure } = fixture();
    await Promise.all([ensure(), ensure()]);
    await ensure();
    assert.equal(livy.created.length, 1);
  });

  it('is found again by a new kernel', async () => {
    const { livy, ensure } = fixture();
    await ensure();
    const second = fixture(NONE, livy);
    await second.ensure();
    assert.equal(livy.created.length, 1);
  });

  it('is not asked for a canary while it is busy', async () => {
    const livy = new MemoryLivy();
    livy.states = ['busy'];
    await fixture(NONE, livy).ensure();
    assert.deepEqual(livy.statements, []);
  });

  it('replaces a dead one of the same name', async () => {
    const { livy, ensure } = fixture();
    await ensure();
    livy.kill(0);
    await fixture(NONE, livy).ensure();
    assert.deepEqual(livy.deletedSessions, [0]);
    assert.equal(livy.created.length, 2);
  });

  it('that does not start gives the reason from its log', async () => {
    const livy = new MemoryLivy();
    livy.states = ['starting', 'dead'];
    livy.log = [
      '\nstderr: ',
      'Error: no room',
      '\tat x',
      'The driver has ended: Java ended (status 1).'
    ];
    const error = await failure(fixture(NONE, livy).ensure());
    assert.equal(error.code, 'HR_SESSION_DEAD');
    assert.equal(error.why, 'Java ended (status 1)');
  });

  it('that answers wrongly is not ready', async () => {
    const livy = new MemoryLivy();
    livy.answer = () => text('41');
    assert.equal((await failure(fixture(NONE, livy).ensure())).code, 'HR_SESSION_DEAD');
  });

  it('gets packages as local jars, the settings and the working directory', async () => {
    const { livy, resolved, ensure } = fixture({ packages: ['a:b:1'], conf: { k: 'v' } });
    await ensure();
    assert.deepEqual(resolved, [['a:b:1']]);
    assert.deepEqual(livy.created[0]?.jars, ['/jars/a:b:1.jar']);
    assert.deepEqual(livy.created[0].conf, {
      'spark.headrace.workingDirectory': '/home/me',
      k: 'v'
    });
  });

  it('leaves packages to Spark where the endpoint does not see our files', async () => {
    const livy = new MemoryLivy();
    livy.localFiles = false;
    const { resolved, ensure } = fixture({ packages: ['a:b:1', 'c:d:2'], conf: {} }, livy);
    await ensure();
    assert.deepEqual(resolved, []);
    assert.deepEqual(livy.created[0]?.conf, { 'spark.jars.packages': 'a:b:1,c:d:2' });
    assert.equal(livy.created[0].jars, undefined);
  });

  it('runs statements, starting where nothing has yet', async () => {
    const { livy, session } = fixture();
    const output = await session.run('1', 'pyspark', { signal: live() });
    assert.equal(output.status, 'ok');
    assert.equal(livy.statements.at(-1), '1');
  });

  it('that dies says why, and the next start says what was lost', async () => {
    const { livy, session, labels, ensure } = fixture();
    await ensure();
    livy.answer = () => {
      livy.kill(0);
      livy.log = ['The driver has ended: killed by SIGKILL.'];
      throw new HeadraceError('HR_SESSION_DEAD', 'The Spark session is dead');
    };
    const error = await failure(session.run('1', 'pyspark', { signal: live() }));
    assert.deepEqual([error.code, error.why], ['HR_SESSION_DEAD', 'killed by SIGKILL']);
    assert.equal(session.current, null);
    livy.answer = () => text('42');
    await ensure();
    assert.match(
      labels.at(-1) ?? '',
      /variables and temporary views of the last one are lost, its streams go on/
    );
    labels.length = 0;
    await ensure();
    assert.deepEqual(labels, []);
  });

  it('is replaced by a reset, with the new dependencies and nothing lost by surprise', async () => {
    const { livy, session, labels, ensure } = fixture();
    await ensure();
    await session.reset({ packages: [], conf: { k: 'new' } }, live());
    assert.deepEqual(livy.deletedSessions, [0]);
    assert.equal(session.current, null);
    await ensure();
    assert.equal(livy.created[1]?.conf?.['k'], 'new');
    assert.ok(labels.every(label => !label.includes('lost')));
  });

  it('resets a session that only an earlier kernel has used', async () => {
    const { livy, ensure } = fixture();
    await ensure();
    await fixture(NONE, livy).session.reset(NONE, live());
    assert.deepEqual(livy.deletedSessions, [0]);
  });
});
