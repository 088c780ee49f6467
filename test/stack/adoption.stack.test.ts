import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { processStart } from '../../src/local/processes.ts';
import { systemClock } from '../../src/runtime/clock.ts';

const LIMIT_MS = 120_000;
const PROGRAM = path.join(import.meta.dirname, 'gateway-process.ts');

const sessionSchema = z.object({
  id: z.number(),
  name: z.string().nullable(),
  state: z.string(),
  log: z.array(z.string())
});
const statementSchema = z.object({
  id: z.number(),
  state: z.string(),
  output: z.looseObject({}).nullable(),
  started: z.number(),
  completed: z.number()
});
const endpointSchema = z.object({ pid: z.number() });

/** One gateway after another on the same folder, each killed by signal 9, while one session goes on. */
describe('a session under gateways that are killed', { timeout: 600_000 }, () => {
  let folder: string;
  let gateway: { readonly child: ChildProcess; readonly url: string };
  const sessions = (): string => path.join(folder, 'sessions');

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'headrace-adoption-'));
    gateway = await startGateway();
  });
  after(async () => {
    if (gateway.child.exitCode === null) await end('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  });

  async function startGateway() {
    const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, sessions()], {
      stdio: ['ignore', 'pipe', 'inherit']
    });
    const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
    return { child, url };
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const gone = once(gateway.child, 'exit');
    gateway.child.kill(signal);
    await gone;
  }

  async function call(method: string, where: string, body?: unknown): Promise<unknown> {
    const reply = await fetch(`${gateway.url}${where}`, {
      method,
      headers: { 'content-type': 'application/json' },
      signal: AbortSignal.timeout(LIMIT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    });
    const answer = await reply.text();
    return answer === '' ? null : (JSON.parse(answer) as unknown);
  }

  const session = async (name = 'kept') =>
    sessionSchema.parse(await call('GET', `/sessions/${name}`));
  const statement = async (id: number) =>
    statementSchema.parse(await call('GET', `/sessions/kept/statements/${id}`));
  const post = async (code: string) =>
    statementSchema.parse(await call('POST', '/sessions/kept/statements', { code })).id;

  /** Asks again until the answer holds, at most two minutes. */
  async function until<Value>(ask: () => Promise<Value>, holds: (value: Value) => boolean) {
    const deadline = Date.now() + LIMIT_MS;
    for (;;) {
      const value = await ask();
      if (holds(value)) return value;
      assert.ok(Date.now() < deadline, `not in time: ${JSON.stringify(value)}`);
      await systemClock.sleep(20);
    }
  }

  /** The text of a statement that has ended well. */
  async function text(id: number): Promise<unknown> {
    const { output } = await until(
      () => statement(id),
      ({ state }) => state === 'available'
    );
    const data = z.looseObject({ 'text/plain': z.string() }).safeParse(output?.['data']);
    return data.success ? data.data['text/plain'] : output;
  }

  async function driverPid(id: number): Promise<number> {
    const file = path.join(sessions(), `session-${id}`, 'endpoint.json');
    return endpointSchema.parse(JSON.parse(await readFile(file, 'utf8'))).pid;
  }

  it('starts, and is adopted while it starts', async () => {
    await call('POST', '/sessions', { kind: 'pyspark', name: 'kept' });
    await end('SIGKILL');
    gateway = await startGateway();
    const { id } = await until(session, ({ state }) => state === 'idle');
    assert.equal(id, 0);
  });

  it('runs on what it runs, and then what waits, with all outputs', async () => {
    const flag = JSON.stringify(path.join(folder, 'go-on'));
    const first = await post('import os, time\nos.write(2, b"a line of the log\\n")\nanswer = 41');
    await text(first);
    const running = await post(
      `print("before")\nwhile not os.path.exists(${flag}): time.sleep(0.01)\n"after"`
    );
    const waiting = await post('answer + 1');
    const { started } = await until(
      () => statement(running),
      ({ state }) => state === 'running'
    );
    await until(session, ({ log }) => log.includes('a line of the log'));
    await end('SIGKILL');
    gateway = await startGateway();
    const adopted = await until(session, ({ state }) => state !== 'recovering');
    assert.deepEqual([adopted.state, adopted.name], ['busy', 'kept']);
    assert.ok(adopted.log.includes('a line of the log'));
    assert.equal((await statement(first)).state, 'available');
    assert.deepEqual(
      [(await statement(running)).state, (await statement(waiting)).state],
      ['running', 'waiting']
    );
    await writeFile(JSON.parse(flag) as string, '');
    assert.equal(await text(running), "before\n'after'");
    assert.equal(await text(waiting), '42');
    assert.equal((await statement(running)).started, started);
  });

  it('takes what the new gateway sends: code, cancel, files, questions', async () => {
    assert.equal(await text(await post('spark.range(3).count()')), '3');
    const endless = await post('while True: time.sleep(0.01)');
    const unrun = await post('answer = 0');
    await until(
      () => statement(endless),
      ({ state }) => state === 'running'
    );
    await call('POST', `/sessions/kept/statements/${unrun}/cancel`);
    await call('POST', `/sessions/kept/statements/${endless}/cancel`);
    const cancelled = await until(
      () => statement(endless),
      ({ state }) => state === 'cancelled'
    );
    assert.equal(cancelled.output?.['ename'], 'KeyboardInterrupt');
    const { state, output } = await statement(unrun);
    assert.deepEqual([state, output], ['cancelled', null]);
    const module = path.join(folder, 'added.py');
    await writeFile(module, 'VALUE = 7\n');
    await call('POST', '/sessions/kept/add-pyfile', { uri: `file://${module}` });
    assert.equal(await text(await post('import added\nadded.VALUE + answer')), '48');
  });

  it('says when a result is larger than may be sent, and goes on', async () => {
    const large = await post('large = ["x" * 1_000_000] * 60\n%json large');
    const { output } = await until(
      () => statement(large),
      ({ state }) => state === 'available'
    );
    assert.equal(output?.['ename'], 'ResultTooLarge');
    assert.equal(await text(await post('answer')), '41');
  });

  it('that ended under no gateway is dead with the reason, and makes room for its name', async () => {
    const pid = await driverPid(0);
    await end('SIGKILL');
    process.kill(pid, 'SIGKILL');
    await until(
      () => processStart(pid),
      start => start === null
    );
    gateway = await startGateway();
    const dead = await until(session, ({ state }) => state !== 'recovering');
    assert.equal(dead.state, 'dead');
    assert.equal(dead.log.at(-1), 'The driver has ended: its process is gone.');
    await call('DELETE', '/sessions/kept');
    const { id } = sessionSchema.parse(await call('POST', '/sessions', { name: 'kept' }));
    assert.ok(id > 0);
  });

  it('leaves nothing when its gateway ends in good order', async () => {
    const { id } = await session();
    const pid = await until(
      () => driverPid(id).catch(() => null),
      found => found !== null
    );
    await end('SIGTERM');
    assert.equal(await processStart(pid ?? 0), null);
    assert.deepEqual(
      (await readdir(sessions())).filter(name => !name.endsWith('.json')),
      []
    );
  });
});
