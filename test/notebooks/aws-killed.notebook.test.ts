import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { createLocalStack } from '../../src/local/client.ts';
import { headracePaths } from '../../src/local/paths.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { notebookId } from '../../src/runtime/notebook/notebook-id.ts';
import { targetProfileSchema } from '../../src/runtime/profile/profile.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { startAws, type FakeAws } from '../fakes/aws/server/start.ts';
import { testPython } from './run-notebook.ts';

const never = new AbortController().signal;
const LOOK_MS = 50;
const LIMIT_MS = 240_000;
/** Of the time of AWS: MSK takes six of them. */
const STEP_MS = 1_000;
const KAFKA = 'headrace-mill-kafka';
const MADE = ['headrace-mill-net', KAFKA, 'headrace-mill-spark'];

const lineSchema = z.union([
  z.object({ process: z.number().int().positive() }),
  z.object({ applied: z.string() }),
  z.object({ destroyed: z.string() })
]);

/** How often a stack of this name was begun to be made. */
const births = ({ world }: FakeAws, name: string): number =>
  [...world.stacks.values()]
    .flatMap(({ events }) => events)
    .filter(({ logicalId, status }) => logicalId === name && status === 'CREATE_IN_PROGRESS')
    .length;

/** MSK is being made: the longest part, in which a kernel most likely dies. */
const kafkaBegun = ({ world }: FakeAws): boolean =>
  [...world.stacks.values()].some(
    ({ name, status, resources }) =>
      name === KAFKA &&
      status === 'CREATE_IN_PROGRESS' &&
      resources.get('Cluster')?.status === 'CREATE_IN_PROGRESS'
  );

/** A change set is being made: a kernel waits for it. */
const isPlanning = ({ world }: FakeAws): boolean =>
  [...world.changeSets.values()].some(({ status }) =>
    ['CREATE_PENDING', 'CREATE_IN_PROGRESS'].includes(status)
  );

/** The next kernel has found the Kafka stack in the making, and read what it is made from. */
const isFound = ({ calls }: FakeAws, after: number): boolean =>
  calls
    .slice(after)
    .some(({ action, input }) => action === 'GetTemplate' && JSON.stringify(input).includes(KAFKA));

describe('an apply whose kernel is killed by signal 9', () => {
  const stack = createLocalStack({ env: process.env });
  const kept = { ...process.env };
  const clock = new ManualClock(systemClock.now());
  let aws: FakeAws;
  let folder = '';
  const notebook = (): string => path.join(folder, 'killed.ipynb');

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'headrace-killed-'));
    const { brokers, livyUrl, livyToken } = await stack.ensure(() => undefined, never);
    aws = await startAws({
      clock,
      stepMs: STEP_MS,
      brokers,
      brokersSpeakTls: false,
      livy: { url: livyUrl, token: livyToken, buckets: path.join(folder, 'buckets') }
    });
    Object.assign(process.env, aws.env, {
      HEADRACE_CONFIG: folder,
      HEADRACE_LIVY_SERVERLESS_URL: aws.livyUrl('{application}')
    });
  });
  after(async () => {
    const ledger = `${notebookId({ JPY_SESSION_NAME: notebook() })}.json`;
    await rm(path.join(headracePaths(process.env).home, 'notebooks', ledger), { force: true });
    process.env = kept;
    await stack.release();
    await aws.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is joined by the next kernel, which makes nothing twice and leaves nothing', async () => {
    const script = path.join(import.meta.dirname, '../kernel/kill_apply.py');
    const apply = `%provision aws --apply mill --region ${aws.region} --kafka-auth none --ttl 2h`;
    const kernels = spawn(
      testPython(),
      [script, notebook(), apply, '%provision aws --destroy mill'],
      { stdio: ['pipe', 'pipe', 'inherit'] }
    );
    const exit = once(kernels, 'exit');
    const said: string[] = [];
    const isOver = (): boolean => kernels.exitCode !== null;
    let passing = Promise.resolve();
    try {
      for await (const text of createInterface({ input: kernels.stdout })) {
        const line = lineSchema.parse(JSON.parse(text));
        if ('process' in line) {
          await passTime(() => kafkaBegun(aws));
          process.kill(line.process, 'SIGKILL');
          said.push('killed');
          const before = aws.calls.length;
          // The next kernel finds MSK in the making: only what it plans itself goes on until it looks.
          passing = passTime(
            () => isFound(aws, before) || isOver(),
            () => isPlanning(aws)
          ).then(() => passTime(isOver));
        } else if ('applied' in line) {
          assert.match(line.applied, /The kafka stack is being made by an earlier apply/);
          assert.match(line.applied, /mill is ready after /);
          await assertMade();
          said.push('applied');
          kernels.stdin.write('go on\n');
        } else {
          assert.match(line.destroyed, /mill is gone after .*, nothing is left\./);
          said.push('destroyed');
        }
      }
    } finally {
      // Without a word it ends its kernels.
      kernels.stdin.end();
      await exit;
      await passing;
    }
    assert.deepEqual(await exit, [0, null]);
    assert.deepEqual(said, ['killed', 'applied', 'destroyed']);
    assertGone();
  });

  /** Lets the time of AWS pass, a step at a look where `moves` says so, until `done`. */
  async function passTime(done: () => boolean, moves: () => boolean = () => true): Promise<void> {
    const end = systemClock.now() + LIMIT_MS;
    while (!done()) {
      assert.ok(systemClock.now() < end, 'what is waited for does not happen');
      if (moves()) await clock.advance(STEP_MS);
      aws.world.time.settle();
      await systemClock.sleep(LOOK_MS);
    }
  }

  /** All stands, each stack was made once, and the notebook has a profile of it. */
  async function assertMade(): Promise<void> {
    assert.deepEqual(
      MADE.map(name => [name, births(aws, name)]),
      MADE.map(name => [name, 1])
    );
    const clusters = aws.worked.filter(
      ({ type, verb }) => type === 'AWS::MSK::Cluster' && verb === 'create'
    );
    assert.equal(clusters.length, 1);
    const text = await readFile(path.join(folder, 'profiles', 'mill.json'), 'utf8');
    const profile = targetProfileSchema.parse(JSON.parse(text));
    assert.deepEqual(profile.environment, {
      name: 'mill',
      region: aws.region,
      account: aws.account
    });
  }

  function assertGone(): void {
    const { stacks, things } = aws.world;
    assert.deepEqual(
      [...stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE'),
      []
    );
    assert.deepEqual([...things.values()], []);
  }
});
