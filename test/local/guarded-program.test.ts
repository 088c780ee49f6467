import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startGuarded } from '../../src/local/guarded-program.ts';
import { processStart } from '../../src/local/supervisor/processes.ts';

const DEADLINE_MS = 20_000;

/** Waits until the condition holds, at most twenty seconds. */
async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + DEADLINE_MS;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `not in time: ${what}`);
    await delay(20);
  }
}

describe('a guarded program', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'headrace-guard-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('gives its output to the file and its status to the owner', async () => {
    const output = path.join(folder, 'talk.out');
    const program = await startGuarded('/bin/sh', ['-c', 'echo out; echo err >&2; exit 3'], output);
    assert.equal(await program.ended, 3);
    assert.equal(await readFile(output, 'utf8'), 'out\nerr\n');
  });

  it('ends when it is asked to', async () => {
    const program = await startGuarded('/bin/sleep', ['600'], path.join(folder, 'sleep.out'));
    await program.stop();
    assert.equal(await processStart(program.pid), null);
    assert.equal(await program.ended, 143);
  });

  it('ends when its owner is killed', async () => {
    const output = path.join(folder, 'orphan.out');
    const module = path.resolve(import.meta.dirname, '../../src/local/guarded-program.ts');
    const script = `
      const { startGuarded } = await import(${JSON.stringify(module)});
      await startGuarded('/bin/sh', ['-c', 'echo $$; exec sleep 600'], ${JSON.stringify(output)});
      setInterval(() => undefined, 1000);`;
    const owner = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
    let pid = NaN;
    await eventually('the program runs', async () => {
      pid = Number.parseInt(await readFile(output, 'utf8').catch(() => ''), 10);
      return !Number.isNaN(pid);
    });
    assert.notEqual(await processStart(pid), null);
    owner.kill('SIGKILL');
    await eventually('the program ends', async () => (await processStart(pid)) === null);
  });

  it('that cannot be started says so by its status', async () => {
    const program = await startGuarded('/no/such/program', [], path.join(folder, 'none.out'));
    assert.equal(await program.ended, 127);
  });
});
