import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Driver, DriverEvents } from '../../../../src/local/gateway/driver/driver-port.ts';
import { driverLauncher } from '../../../../src/local/gateway/driver/driver-process.ts';
import { standInPython, type StandIn } from '../linked/stand-in.ts';

/** What a session hears of its driver: each event with what it was called with, and its log. */
class Listener {
  readonly heard: unknown[][] = [];
  readonly log: string[] = [];
  readonly #waiting: (() => void)[] = [];

  readonly events: DriverEvents = {
    attached: state => this.#hear('attached', state),
    ready: appId => this.#hear('ready', appId),
    started: (id, at) => this.#hear('started', id, at),
    progress: (id, fraction) => this.#hear('progress', id, fraction),
    done: (id, { state, output, completed }) =>
      this.#hear('done', id, { state, output, completed }),
    forgotten: ids => this.#hear('forgotten', ids),
    log: (stream, line) => void this.log.push(`${stream} ${line}`),
    ended: (reason, state) => this.#hear('ended', reason, state)
  };

  /** What an event was called with, as soon as it has come. */
  async until(name: string): Promise<unknown[]> {
    for (;;) {
      const found = this.heard.find(([event]) => event === name);
      if (found !== undefined) return found.slice(1);
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    }
  }

  #hear(...event: unknown[]): void {
    this.heard.push(event);
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

describe('a driver process', { timeout: 60_000 }, () => {
  let python: StandIn;
  let number = 0;
  before(async () => (python = await standInPython()));
  after(() => python.remove());

  const launcher = (startLimitMs?: number) =>
    driverLauncher({
      python: python.python,
      java: '/j/java',
      jobsDir: '/jobs',
      jars: ['a.jar'],
      archiveDir: '/cds',
      ...(startLimitMs === undefined ? {} : { startLimitMs })
    });

  /** Starts a driver; `conf` is for the stand-in. */
  function start(conf: Record<string, string> = {}, startLimitMs?: number) {
    const listener = new Listener();
    const folder = python.processFolder(`d${number++}`);
    const lists = { jars: ['b.jar'], pyFiles: ['c.py'], files: ['d.txt'], archives: ['e.zip'] };
    const request = {
      sessionId: 5,
      folder,
      name: 'n',
      kind: 'spark',
      conf,
      ...lists,
      driverMemory: '2g'
    };
    const driver = launcher(startLimitMs).start(request, listener.events);
    return { driver, folder, listener };
  }

  /** A driver that has told what it knows. */
  async function attached() {
    const parts = start();
    await parts.listener.until('attached');
    return parts;
  }

  /** Sends a statement that is a task for the stand-in. */
  const play = (driver: Driver, task: Record<string, unknown>): void =>
    driver.execute({ id: 0, kind: 'pyspark', code: JSON.stringify(task) });

  it('is told all it needs', async () => {
    const { driver, folder, listener } = await attached();
    const request: unknown = JSON.parse(readFileSync(`${folder}/request.json`, 'utf8'));
    assert.deepEqual((request as { start: unknown }).start, {
      name: 'n',
      kind: 'spark',
      session_dir: folder,
      archive_dir: '/cds',
      java: '/j/java',
      base_jars: ['a.jar'],
      jars: ['b.jar'],
      py_files: ['c.py'],
      files: ['d.txt'],
      archives: ['e.zip'],
      memory: '2g',
      conf: {}
    });
    assert.deepEqual(await listener.until('attached'), [
      { appId: null, statements: [], nextStatement: 0 }
    ]);
    await driver.stop();
  });

  it('tells of its statements as they run', async () => {
    const { driver, listener } = await attached();
    const output = { status: 'ok', data: {} };
    const done = { type: 'done', id: 0, state: 'available', output, completed: 2 };
    play(driver, { tell: { type: 'ready', app_id: 'app' } });
    play(driver, { tell: { type: 'started', id: 0, started: 1 } });
    play(driver, { tell: { type: 'progress', id: 0, fraction: 0.5 } });
    play(driver, { tell: done });
    play(driver, { tell: { type: 'forgotten', ids: [0] } });
    await listener.until('forgotten');
    assert.deepEqual(listener.heard.slice(1), [
      ['ready', 'app'],
      ['started', 0, 1],
      ['progress', 0, 0.5],
      ['done', 0, { state: 'available', output, completed: 2 }],
      ['forgotten', [0]]
    ]);
    await driver.stop();
  });

  it('answers what it is asked beside the statements', async () => {
    const { driver } = await attached();
    const words = driver.complete({ code: 'sc.', kind: 'pyspark', cursor: 3 });
    const jar = driver.addDependency({ type: 'jar', path: '/x.jar' });
    const file = assert.rejects(driver.addDependency({ type: 'file', path: '/x' }), {
      message: 'no such file'
    });
    play(driver, { tell: { type: 'answer', request: 2, error: 'no such file' } });
    play(driver, { tell: { type: 'answer', request: 1, value: null } });
    play(driver, { tell: { type: 'answer', request: 0, value: ['parallelize'] } });
    assert.deepEqual(await words, ['parallelize']);
    await jar;
    await file;
    const late = assert.rejects(driver.addDependency({ type: 'file', path: '/y' }), {
      message: /^The driver has ended: killed by SIGKILL/
    });
    play(driver, { die: 'SIGKILL' });
    await late;
  });

  it('ends without a reason when it is stopped, and leaves nothing', async () => {
    const { driver, folder, listener } = await attached();
    await driver.stop();
    assert.deepEqual(await listener.until('ended'), [null, 'dead']);
    assert.ok(!existsSync(folder));
  });

  for (const [what, task, reason, state] of [
    [
      'killed',
      { die: 'SIGKILL' },
      'The driver has ended: killed by SIGKILL, often for lack of memory.',
      'dead'
    ],
    [
      'told to end by somebody',
      { die: 'SIGTERM' },
      'The driver has ended: killed by SIGTERM.',
      'killed'
    ],
    ['left by its Java', { fail: 'Java ended' }, 'The driver has ended: Java ended.', 'dead']
  ] as const)
    it(`says so when it is ${what}, and leaves nothing`, async () => {
      const { driver, folder, listener } = await attached();
      play(driver, task);
      assert.deepEqual(await listener.until('ended'), [reason, state]);
      assert.ok(!existsSync(folder));
    });

  it('is ended when it is not ready in time', async () => {
    const { listener } = start({}, 500);
    assert.deepEqual(await listener.until('ended'), [
      'The session was not ready within 0.5 s.',
      'error'
    ]);
  });

  it('goes on under the next gateway, and the former hears no more', async () => {
    const { driver, folder, listener } = start();
    await listener.until('attached');
    const state = { app_id: 'app', next_statement: 1, statements: [] };
    play(driver, { tell: { type: 'ready', app_id: 'app' }, state });
    await listener.until('ready');
    driver.release();
    const next = new Listener();
    const adopted = launcher().adopt(folder, next.events);
    const known = { appId: 'app', nextStatement: 1, statements: [] };
    assert.deepEqual(await next.until('attached'), [known]);
    play(adopted, { tell: { type: 'progress', id: 0, fraction: 1 } });
    await next.until('progress');
    assert.equal(listener.heard.length, 2);
    await adopted.stop();
  });

  it('that cannot start says so', async () => {
    const { listener } = start({ fault: 'No module named pyspark' });
    assert.deepEqual(await listener.until('ended'), [
      'The driver has ended: exit status 1.',
      'dead'
    ]);
    assert.deepEqual(listener.log, ['stderr No module named pyspark']);
  });
});
