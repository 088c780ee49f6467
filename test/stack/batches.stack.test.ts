import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { readEnvironment } from '../../src/local/environment.ts';
import { batchFolders } from '../../src/local/gateway/batches/batch-record.ts';
import { BatchRegistry } from '../../src/local/gateway/batches/batch-registry.ts';
import { createBatchSchema } from '../../src/local/gateway/batches/create-batch.ts';
import { runnerLauncher } from '../../src/local/gateway/batches/runner-process.ts';
import { headracePaths, projectRoot } from '../../src/local/paths.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { field, rest, untilState } from './rest.ts';

const LIMIT_MS = 120_000;
const ENDED = ['success', 'dead', 'killed', 'error'];

/** Counts what it is told to and writes it down; fails or waits when it is told to. */
const PROGRAM = `
import os, sys, time
from pyspark.sql import SparkSession

command, target = sys.argv[1], sys.argv[2]
spark = SparkSession.builder.getOrCreate()
print("counted", spark.range(int(sys.argv[3])).count(), "on", spark.sparkContext.appName, flush=True)
with open(target, "w") as mark:
    mark.write(f"{os.getpid()} {spark.conf.get('spark.headrace.test', 'none')}")
if command == "fail":
    sys.exit(7)
if command == "wait":
    time.sleep(3600)
`;

async function submit(request: unknown): Promise<string> {
  const created = await rest('POST', '/batches', request);
  assert.equal(created.status, 201, created.body);
  return `/batches/${String(field(created, 'id'))}`;
}

async function logOf(batch: string): Promise<string> {
  const answer = await rest('GET', `${batch}/log?from=0&size=-1`);
  return (field(answer, 'log') as string[]).join('\n');
}

async function until(what: string, check: () => boolean): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  while (!check()) {
    assert.ok(Date.now() < deadline, `${what} did not happen`);
    await delay(50);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('batches on the local stack', { timeout: 600_000 }, () => {
  let folder = '';
  let file = '';
  const mark = (name: string): string => path.join(folder, name);
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'headrace-batches-'));
    file = path.join(folder, 'program.py');
    await writeFile(file, PROGRAM);
  });
  after(() => rm(folder, { recursive: true }));

  it('runs a Python file with arguments and settings to success', async () => {
    const batch = await submit({
      file,
      args: ['succeed', mark('done'), '1000'],
      name: `count-${process.pid}`,
      conf: { 'spark.headrace.test': 'set' }
    });
    assert.equal(field(await untilState(batch, ...ENDED), 'state'), 'success');
    assert.match(await logOf(batch), new RegExp(`counted 1000 on count-${process.pid}`));
    assert.match(await readFile(mark('done'), 'utf8'), / set$/);
    assert.equal((await rest('DELETE', batch)).status, 200);
    assert.equal((await rest('GET', batch)).status, 404);
  });

  it('tells the exit status of one that fails', async () => {
    const batch = await submit({ file: `file://${file}`, args: ['fail', mark('failed'), '1'] });
    assert.equal(field(await untilState(batch, ...ENDED), 'state'), 'dead');
    assert.match(await logOf(batch), /the batch has ended: exit status 7$/);
    await rest('DELETE', batch);
  });

  it('ends all processes of one that is deleted while it runs', async () => {
    const batch = await submit({ file, args: ['wait', mark('waiting'), '1'] });
    await until('the batch runs', () => existsSync(mark('waiting')));
    assert.equal(field(await rest('GET', `${batch}/state`), 'state'), 'running');
    const pid = Number((await readFile(mark('waiting'), 'utf8')).split(' ')[0]);
    assert.equal((await rest('DELETE', batch)).status, 200);
    assert.equal((await rest('GET', `${batch}/state`)).status, 404);
    await until('its Python ends', () => !isAlive(pid));
  });

  it('says when a class is not in its jar', async () => {
    const { connectorJars } = await readEnvironment(headracePaths(process.env).environmentFile);
    const batch = await submit({ file: connectorJars[0], className: 'headrace.NoSuchClass' });
    assert.equal(field(await untilState(batch, ...ENDED), 'state'), 'dead');
    assert.match(await logOf(batch), /Failed to load class headrace\.NoSuchClass/);
    await rest('DELETE', batch);
  });

  it('goes on under the next gateway, which can end it', async () => {
    const { environmentFile, cds } = headracePaths(process.env);
    const environment = await readEnvironment(environmentFile);
    const jobsDir = path.join(projectRoot(), 'spark-jobs');
    const launcher = runnerLauncher({ ...environment, jobsDir, jars: [], archiveDir: cds });
    const registry = () =>
      new BatchRegistry({ launcher, store: batchFolders(folder), clock: systemClock });
    const former = registry();
    const args = ['wait', mark('adopted'), '1'];
    const { id } = former.create(createBatchSchema.parse({ file, args }));
    await until('the batch runs', () => existsSync(mark('adopted')));
    former.release();

    const batch = registry().get(String(id));
    await until('the batch is adopted', () => batch.state === 'running');
    assert.match(batch.log.lines().join('\n'), /counted 1 on program\.py/);
    await batch.stop();
    assert.equal(batch.state, 'killed');
  });
});
