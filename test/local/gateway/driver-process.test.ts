import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Driver, DriverEvents } from '../../../src/local/gateway/driver-port.ts';
import { driverLauncher } from '../../../src/local/gateway/driver-process.ts';
import { groupExists } from '../../../src/local/gateway/linked/process-group.ts';

/** Plays the driver: a process of its own that speaks on file descriptor 3 and does what the code says. */
const PROGRAM = `
import net from 'node:net';
import { spawn } from 'node:child_process';
const channel = new net.Socket({ fd: 3 });
const send = message => channel.write(JSON.stringify(message) + '\\n');
let start = {};
const act = ({ type, id, code }) => {
  if (type === 'cancel') send({ type: 'done', id, output: { status: 'error', cancelled: true } });
  else if (code === 'die') process.kill(process.pid, 'SIGKILL');
  else if (code === 'fail') { send({ type: 'failed', reason: 'Java ended' }); channel.end(() => process.exit(1)); }
  else if (code === 'nonsense') { channel.write('{{{\\n'); send({ type: 'done', id, output: { status: 'ok' } }); }
  else if (code === 'child') { const child = spawn('sleep', ['1000'], { stdio: 'inherit' }); send({ type: 'done', id, output: { pid: process.pid, child: child.pid } }); }
  else if (code === 'start') send({ type: 'done', id, output: { start, env: process.env } });
  else if (code === 'print') { process.stdout.write('one\\ntw'); process.stderr.write('err\\n'); process.stdout.write('o\\n', () => send({ type: 'done', id, output: {} })); }
};
let rest = '';
channel.on('data', data => {
  const lines = (rest + data).split('\\n');
  rest = lines.pop();
  for (const line of lines) {
    const message = JSON.parse(line);
    if (message.type === 'start') { start = message; send({ type: 'ready', app_id: 'app' }); }
    else act(message);
  }
});
channel.on('end', () => process.exit(0));
`;

describe('a driver process', { timeout: 60_000 }, () => {
  let folder: string;
  let python: string;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'headrace-driver-'));
    await writeFile(path.join(folder, 'driver.mjs'), PROGRAM);
    python = path.join(folder, 'python');
    await writeFile(python, `#!/bin/sh\nexec '${process.execPath}' '${folder}/driver.mjs'\n`);
    await chmod(python, 0o700);
  });
  after(() => rm(folder, { recursive: true }));

  /** Starts a driver and waits until it is ready. */
  async function started() {
    const outputs = new Map<number, (output: Readonly<Record<string, unknown>>) => void>();
    const log: string[] = [];
    let end: (reason: string | null) => void = () => undefined;
    const ended = new Promise<string | null>(resolve => (end = resolve));
    let driver: Driver | undefined;
    await new Promise<void>(resolve => {
      const events: DriverEvents = {
        ready: () => resolve(),
        progress: () => undefined,
        done: (id, output) => outputs.get(id)?.(output),
        log: (stream, line) => log.push(`${stream} ${line}`),
        ended: reason => end(reason)
      };
      const sessionsDir = path.join(folder, 'sessions');
      const launch = driverLauncher({
        python,
        java: '/j/java',
        jobsDir: '/jobs',
        jars: ['a.jar'],
        sessionsDir,
        archiveDir: '/cds'
      });
      const request = {
        sessionId: 5,
        name: 'n',
        conf: { k: 'v' },
        jars: ['b.jar'],
        pyFiles: [],
        driverMemory: '2g'
      };
      driver = launch(request, events);
    });
    assert.ok(driver !== undefined);
    const running = driver;
    const execute = (id: number, code: string) =>
      new Promise<Readonly<Record<string, unknown>>>(resolve => {
        outputs.set(id, resolve);
        running.execute({ id, kind: 'pyspark', code });
      });
    return { driver: running, execute, ended, log };
  }

  it('is told all it needs, away from the command line and other Sparks', async () => {
    process.env['SPARK_HOME'] = '/other/spark';
    const { driver, execute } = await started();
    delete process.env['SPARK_HOME'];
    const output = (await execute(1, 'start')) as {
      start: Record<string, unknown>;
      env: Record<string, string>;
    };
    const sessionDir = String(output.start['session_dir']);
    assert.deepEqual(output.start, {
      type: 'start',
      name: 'n',
      session_dir: sessionDir,
      archive_dir: '/cds',
      java: '/j/java',
      base_jars: ['a.jar'],
      jars: ['b.jar'],
      py_files: [],
      memory: '2g',
      conf: { k: 'v' }
    });
    assert.equal(output.env['PYTHONPATH'], '/jobs');
    assert.equal(output.env['SPARK_HOME'], undefined);
    assert.equal(statSync(sessionDir).mode & 0o777, 0o700);
    await driver.stop();
    assert.ok(!existsSync(sessionDir));
  });

  it('logs whole lines of both streams', async () => {
    const { driver, execute, log } = await started();
    await execute(1, 'print');
    await driver.stop();
    assert.deepEqual(log.toSorted(), ['stderr err', 'stdout one', 'stdout two']);
  });

  it('ends without a reason when it is stopped, and leaves nothing', async () => {
    const { driver, execute, ended } = await started();
    const { pid } = await execute(1, 'child');
    await driver.stop();
    assert.equal(await ended, null);
    assert.ok(!groupExists(Number(pid)));
    assert.deepEqual(await readdir(path.join(folder, 'sessions')), []);
  });

  it('takes what it has started with it when it is killed', async () => {
    const { driver, execute, ended } = await started();
    const { pid } = await execute(1, 'child');
    driver.execute({ id: 2, kind: 'pyspark', code: 'die' });
    assert.equal(await ended, 'The driver has ended: killed by SIGKILL.');
    assert.ok(!groupExists(Number(pid)));
  });

  it('gives its own reason where it has one', async () => {
    const { driver, ended } = await started();
    driver.execute({ id: 1, kind: 'pyspark', code: 'fail' });
    assert.equal(await ended, 'The driver has ended: Java ended.');
  });

  it('passes a cancel on', async () => {
    const { driver, execute } = await started();
    const output = execute(1, 'wait');
    driver.cancel(1);
    assert.deepEqual(await output, { status: 'error', cancelled: true });
    await driver.stop();
  });

  it('survives a message that cannot be read', async () => {
    const { driver, execute, log } = await started();
    assert.deepEqual(await execute(1, 'nonsense'), { status: 'ok' });
    assert.deepEqual(log, ['stderr The driver has sent what cannot be read.']);
    await driver.stop();
  });

  it('that cannot start says so', async () => {
    const reason = await new Promise<string | null>(resolve => {
      const events: DriverEvents = {
        ready: () => undefined,
        progress: () => undefined,
        done: () => undefined,
        log: () => undefined,
        ended: resolve
      };
      const settings = { java: 'j', jobsDir: folder, jars: [], archiveDir: folder };
      const sessionsDir = path.join(folder, 'sessions');
      driverLauncher({ ...settings, sessionsDir, python: path.join(folder, 'nowhere') })(
        { sessionId: 6, name: null, conf: {}, jars: [], pyFiles: [], driverMemory: null },
        events
      );
    });
    assert.match(reason ?? '', /Python did not start: .*ENOENT/);
  });
});
