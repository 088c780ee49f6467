import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import {
  LinkedProcess,
  type LinkedEnd
} from '../../../../src/local/gateway/linked/linked-process.ts';
import { groupExists } from '../../../../src/local/gateway/linked/process-group.ts';
import { standInPython, type StandIn } from './stand-in.ts';

const stateSchema = z.object({ count: z.number() });
const eventSchema = z.looseObject({ type: z.literal('told') });
type Event = z.infer<typeof eventSchema>;

/** What a gateway hears of a process, in order, with a way to wait for the next of a sort. */
function listener(folder: string) {
  const log: string[] = [];
  const heard: { attached: unknown[]; event: unknown[]; ended: unknown[] } = {
    attached: [],
    event: [],
    ended: []
  };
  const waiting: { sort: keyof typeof heard; resolve: (value: unknown) => void }[] = [];
  const hear = (sort: keyof typeof heard) => (value: unknown) => {
    const index = waiting.findIndex(one => one.sort === sort);
    if (index < 0) heard[sort].push(value);
    else waiting.splice(index, 1)[0]?.resolve(value);
  };
  const next = (sort: keyof typeof heard): Promise<unknown> =>
    heard[sort].length > 0
      ? Promise.resolve(heard[sort].shift())
      : new Promise(resolve => waiting.push({ sort, resolve }));
  const events = {
    attached: hear('attached'),
    event: hear('event'),
    ended: hear('ended'),
    log: (stream: string, line: string) => void log.push(`${stream} ${line}`)
  };
  return {
    options: { folder, stateSchema, eventSchema, events, graceMs: 1_000 },
    log,
    attached: () => next('attached'),
    told: () => next('event') as Promise<Event>,
    ended: () => next('ended') as Promise<LinkedEnd>
  };
}

describe('a held process', { timeout: 60_000 }, () => {
  let python: StandIn;
  let number = 0;
  before(async () => (python = await standInPython()));
  after(() => python.remove());

  function start(values: Record<string, unknown> = {}) {
    const heard = listener(python.processFolder(`p${number++}`));
    const program = { python: python.python, module: 'module', jobsDir: '/jobs' };
    const held = LinkedProcess.start(program, { state: { count: 0 }, ...values }, heard.options);
    return { ...heard, held, folder: heard.options.folder };
  }

  /** Plays the next gateway. */
  function adopt(folder: string) {
    const heard = listener(folder);
    return { ...heard, held: LinkedProcess.adopt(heard.options) };
  }

  it('is told what to do by a file for its user only, away from other Sparks', async () => {
    process.env['SPARK_HOME'] = '/other/spark';
    const { held, attached, told, folder, log } = start();
    delete process.env['SPARK_HOME'];
    assert.deepEqual(await attached(), { count: 0 });
    assert.deepEqual(log, ['stdout so far']);
    held.send({ self: true });
    const self = (await told()) as unknown as {
      argv: string[];
      env: Record<string, string>;
      cwd: string;
    };
    assert.deepEqual(self.argv.slice(-3), ['-m', 'module', folder]);
    assert.equal(self.env['PYTHONPATH'], '/jobs');
    assert.equal(self.env['SPARK_HOME'], undefined);
    assert.equal(self.cwd, folder);
    const request = path.join(folder, 'request.json');
    assert.equal(statSync(request).mode & 0o777, 0o600);
    const { secret } = JSON.parse(readFileSync(request, 'utf8')) as { secret: string };
    assert.ok(!JSON.stringify(self).includes(secret));
    await held.stop();
  });

  it('ends with its children when it is asked to', async () => {
    const { held, attached, told, ended } = start();
    await attached();
    held.send({ child: true, self: true });
    const pids = [await told(), await told()].map(event => event['child'] ?? event['pid']);
    await held.stop();
    assert.deepEqual(await ended(), { cause: 'asked', signal: null, why: 'exit status 0' });
    assert.ok(!groupExists(Number(pids[1])));
  });

  it('ends before it listens when it is asked to', async () => {
    const { held, ended } = start();
    await held.stop();
    assert.equal((await ended()).cause, 'asked');
  });

  it('takes its children with it when it is killed', async () => {
    const { held, attached, told, ended } = start();
    await attached();
    held.send({ child: true, self: true });
    await told();
    const { pid } = await told();
    held.send({ die: 'SIGKILL' });
    assert.deepEqual(await ended(), {
      cause: 'itself',
      signal: 'SIGKILL',
      why: 'killed by SIGKILL'
    });
    assert.ok(!groupExists(Number(pid)));
  });

  it('gives its own reason where it has one', async () => {
    const { held, attached, ended } = start();
    await attached();
    held.send({ fail: 'Java ended' });
    assert.deepEqual(await ended(), { cause: 'itself', signal: null, why: 'Java ended' });
  });

  it('that fails before it listens leaves its words in the log', async () => {
    const { ended, log } = start({ fault: 'No module named pyspark' });
    assert.deepEqual(await ended(), { cause: 'itself', signal: null, why: 'exit status 1' });
    assert.deepEqual(log, ['stderr No module named pyspark']);
  });

  it('that cannot be started says so', async () => {
    const heard = listener(python.processFolder('nowhere'));
    LinkedProcess.start(
      { python: '/nowhere/python', module: 'm', jobsDir: '/jobs' },
      {},
      heard.options
    );
    assert.match((await heard.ended()).why ?? '', /^Python did not start: .*ENOENT/);
  });

  it('survives a message that cannot be read', async () => {
    const { held, attached, told, log } = start();
    await attached();
    held.send({ raw: '{{{\n{"type":"strange"}\n', self: true });
    await told();
    const unreadable = 'stderr headrace: the process has sent what cannot be read';
    assert.deepEqual(log.slice(1), [unreadable, unreadable]);
    await held.stop();
  });

  it('outlives the gateway that lets it go, and is ended by the next one', async () => {
    const first = start();
    await first.attached();
    first.held.send({ state: { count: 7 }, self: true });
    const { pid } = await first.told();
    first.held.release();
    const second = adopt(first.folder);
    assert.deepEqual(await second.attached(), { count: 7 });
    assert.deepEqual(second.log, ['stdout so far']);
    await second.held.stop();
    assert.deepEqual(await second.ended(), {
      cause: 'asked',
      signal: null,
      why: 'its process is gone'
    });
    assert.ok(!groupExists(Number(pid)));
  });

  it('is left alone by a gateway from which another one has taken it', async () => {
    const first = start();
    await first.attached();
    const second = adopt(first.folder);
    await second.attached();
    assert.equal((await first.ended()).cause, 'taken');
    second.held.send({ self: true });
    await second.told();
    await second.held.stop();
  });

  it('that was adopted and is killed is noticed, though its children keep its connection', async () => {
    const first = start();
    await first.attached();
    first.held.release();
    const second = adopt(first.folder);
    await second.attached();
    second.held.send({ child: true, self: true });
    await second.told();
    const { pid } = await second.told();
    second.held.send({ die: 'SIGKILL' });
    assert.equal((await second.ended()).why, 'its process is gone');
    assert.ok(!groupExists(Number(pid)));
  });

  it('that ended while it had no gateway tells the next one how', async () => {
    const first = start();
    await first.attached();
    first.held.send({ failAlone: 'out of memory', self: true });
    const { pid } = await first.told();
    first.held.release();
    await until(() => !groupExists(Number(pid)));
    const second = adopt(first.folder);
    assert.deepEqual(await second.attached(), { count: 0 });
    assert.deepEqual(await second.ended(), { cause: 'itself', signal: null, why: 'out of memory' });
    assert.deepEqual(second.log, ['stderr last words']);
  });

  it('is never mistaken for another process that has its number', async () => {
    const folder = python.processFolder('stranger');
    writeFileSync(path.join(folder, 'request.json'), '{"secret":"s","start":{}}');
    const endpoint = { pid: process.pid, start: 'long ago', port: 9 };
    writeFileSync(path.join(folder, 'endpoint.json'), JSON.stringify(endpoint));
    const { held, ended } = adopt(folder);
    assert.deepEqual(await ended(), { cause: 'itself', signal: null, why: 'its process is gone' });
    await held.stop();
  });

  it('that does not end when it is asked to is ended by force', async () => {
    const { held, attached, ended } = start({ stubborn: true });
    await attached();
    await held.stop();
    assert.deepEqual(await ended(), {
      cause: 'asked',
      signal: 'SIGKILL',
      why: 'killed by SIGKILL'
    });
  });

  it('lets nobody in without the secret', async () => {
    const { held, attached, folder } = start();
    await attached();
    const { port } = z
      .object({ port: z.number() })
      .parse(JSON.parse(readFileSync(path.join(folder, 'endpoint.json'), 'utf8')));
    const stranger = connect(port, '127.0.0.1');
    stranger.write('{"type":"attach","secret":"guess"}\n');
    stranger.resume();
    await once(stranger, 'close');
    assert.equal(stranger.bytesRead, 0);
    await held.stop();
  });
});

/** Waits for a condition; the test's own time limit bounds it. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => setTimeout(resolve, 5));
}
