import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import {
  adoptGuarded,
  startGuarded,
  type GuardOptions
} from '../../../src/local/guard/guarded-program.ts';
import { makePipe, takeHold } from '../../../src/local/guard/hold.ts';
import { processStart, sendSignal } from '../../../src/local/processes.ts';
import { systemClock } from '../../../src/runtime/clock.ts';

const DEADLINE_MS = 20_000;

/** Waits until the condition holds, at most twenty seconds. */
async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + DEADLINE_MS;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `not in time: ${what}`);
    await delay(20);
  }
}

const isGone = async (pid: number): Promise<boolean> => (await processStart(pid)) === null;

describe('a guarded program', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'headrace-guard-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const options = (name: string, orphanSeconds = 600): GuardOptions => ({
    output: path.join(folder, `${name}.out`),
    pipe: path.join(folder, `${name}.pipe`),
    orphanSeconds
  });
  const output = (name: string): Promise<string> => readFile(options(name).output, 'utf8');

  /** A number that a program wrote as its only output. */
  async function numberFrom(name: string): Promise<number> {
    let number = NaN;
    await eventually(`${name} writes`, async () => {
      number = Number.parseInt(await output(name).catch(() => ''), 10);
      return !Number.isNaN(number);
    });
    return number;
  }

  /** Another process that starts a program which writes its process id; resolves once that runs. */
  async function owner(name: string, seconds: number): Promise<[ChildProcess, number, number]> {
    const module = path.resolve(import.meta.dirname, '../../../src/local/guard/guarded-program.ts');
    const script = `
      const { startGuarded } = await import(${JSON.stringify(module)});
      const program = ['-c', 'echo $$; exec sleep 600'];
      const { guard } = await startGuarded('/bin/sh', program, ${JSON.stringify(options(name, seconds))});
      console.log(guard.pid);
      setInterval(() => undefined, 1000);`;
    const args = ['--import', 'tsx', '--input-type=module', '-e', script];
    const process_ = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const guard = await new Promise<number>(resolve =>
      process_.stdout.once('data', data => resolve(Number(String(data))))
    );
    return [process_, guard, await numberFrom(name)];
  }

  it('gives its output to the file and its status to the owner', async () => {
    const talk = ['-c', 'echo out; echo err >&2; exit 3'];
    const program = await startGuarded('/bin/sh', talk, options('talk'));
    assert.equal(await program.ended, 3);
    assert.equal(await output('talk'), 'out\nerr\n');
  });

  it('ends when it is asked to', async () => {
    const sleep = ['-c', 'echo $$; exec sleep 600'];
    const program = await startGuarded('/bin/sh', sleep, options('sleep'));
    const pid = await numberFrom('sleep');
    await program.stop();
    assert.ok((await isGone(program.guard.pid)) && (await isGone(pid)));
    assert.equal(await program.ended, 143);
  });

  it('ends when it is asked to in its first moments, whatever it does then', async () => {
    for (let number = 0; number < 8; number += 1) {
      const program = await startGuarded('/bin/sleep', ['600'], options(`first-${number}`));
      await program.stop();
      // Null is the status of a guard that was ended before it had begun anything.
      const status = await program.ended;
      assert.ok(status === 143 || status === null, `ended with ${status}`);
    }
  });

  it('goes on for longer than an orphan may while it is held', async () => {
    const late = ['-c', 'sleep 3; exit 5'];
    const program = await startGuarded('/bin/sh', late, options('late', 1));
    assert.equal(await program.ended, 5);
  });

  it('goes on without its owner, is adopted, and ends when its adopter asks', async () => {
    const [first, guardPid, pid] = await owner('adopted', 600);
    const start = await processStart(guardPid);
    assert.ok(start !== null);
    first.kill('SIGKILL');
    await eventually('the owner is gone', async () => isGone(first.pid ?? 0));
    const guard = { pid: guardPid, start };
    const adopted = await adoptGuarded(guard, options('adopted').pipe, systemClock);
    assert.ok(adopted !== null);
    assert.equal(await isGone(pid), false);
    await adopted.stop();
    assert.ok(await isGone(pid));
    assert.equal(await adopted.ended, null);
    assert.equal(await adoptGuarded(guard, options('adopted').pipe, systemClock), null);
  });

  it('ends by itself when nobody adopts it', async () => {
    const [first, guard, pid] = await owner('orphan', 1);
    first.kill('SIGKILL');
    await eventually('the program and its guard end', async () => {
      return (await isGone(pid)) && (await isGone(guard));
    });
  });

  it('is told to its adopter when it ends', async () => {
    const [first, guardPid, pid] = await owner('watched', 600);
    const guard = { pid: guardPid, start: (await processStart(guardPid)) ?? '' };
    first.kill('SIGKILL');
    const adopted = await adoptGuarded(guard, options('watched').pipe, systemClock);
    sendSignal(pid, 'SIGKILL');
    assert.equal(await adopted?.ended, null);
  });

  it('is not adopted by the number of its guard alone', async () => {
    const { pipe } = options('other');
    await makePipe(pipe);
    assert.equal(
      await adoptGuarded({ pid: process.pid, start: 'earlier' }, pipe, systemClock),
      null
    );
  });

  it('that ignores TERM is ended by KILL', { timeout: 60_000 }, async () => {
    const deaf = ['-c', 'trap "" TERM; echo 1; while :; do sleep 0.2; done'];
    const program = await startGuarded('/bin/sh', deaf, options('deaf'));
    await numberFrom('deaf');
    await program.stop();
    assert.equal(await program.ended, 137);
  });

  it('that cannot be started says so by its status', async () => {
    const program = await startGuarded('/no/such/program', [], options('none'));
    assert.equal(await program.ended, 127);
  });

  it('is not started where its pipe cannot be made', async () => {
    const pipe = path.join(folder, 'missing', 'pipe');
    const missing = { ...options('missing'), pipe };
    await assert.rejects(startGuarded('/bin/true', [], missing), { code: 'HR_FILE' });
    assert.throws(() => takeHold(pipe), { code: 'ENOENT' });
  });
});
