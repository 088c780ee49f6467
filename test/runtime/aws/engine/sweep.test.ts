import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { environmentStatus } from '../../../../src/runtime/aws/engine/status.ts';
import {
  findSweepable,
  listEnvironments,
  sweepExpired
} from '../../../../src/runtime/aws/engine/sweep.ts';
import { TAGS, type Layer } from '../../../../src/runtime/aws/environment/spec.ts';
import { FAKE_ACCOUNT } from '../../../fakes/aws/memory-stacks.ts';
import { EXPIRES_AT, NEVER, nothingLeft, OWNER, scene, tagsOf } from './scene.ts';

type Scene = ReturnType<typeof scene>;

function place(
  at: Scene,
  name: string,
  layers: readonly Layer[],
  tags: Readonly<Record<string, string>> = {},
  status?: string
): void {
  for (const layer of layers)
    at.stacks.place(
      `headrace-${name}-${layer}`,
      tagsOf(layer, { [TAGS.environment]: name, ...tags }),
      status
    );
}

const at0 = { [TAGS.expiresAt]: new Date(0).toISOString() };

describe('the status of an environment', () => {
  const states = [
    [[], undefined, 'absent'],
    [['net', 'kafka', 'spark'], 'CREATE_COMPLETE', 'complete'],
    [['net', 'kafka'], 'UPDATE_ROLLBACK_COMPLETE', 'partial'],
    [['net'], 'CREATE_IN_PROGRESS', 'working'],
    [['net'], 'DELETE_FAILED', 'broken'],
    [['net'], 'REVIEW_IN_PROGRESS', 'absent']
  ] as const;
  for (const [layers, status, state] of states)
    it(`is ${state} with ${layers.length} stacks ${status ?? ''}`, async () => {
      const at = scene();
      place(at, 'clicks', layers, {}, status);
      assert.equal((await environmentStatus('clicks', at.world, NEVER)).state, state);
    });

  it('tells whose it is and when it ends', async () => {
    const at = scene();
    place(at, 'clicks', ['net']);
    place(at, 'clicks', ['kafka'], { [TAGS.expiresAt]: new Date(EXPIRES_AT - 1).toISOString() });
    const status = await environmentStatus('clicks', at.world, NEVER);
    assert.equal(status.owner, OWNER);
    assert.equal(status.notebook, 'notebook-1');
    assert.equal(status.account, FAKE_ACCOUNT);
    assert.equal(status.expiresAt, EXPIRES_AT - 1);
    assert.deepEqual(status.stacks[2], {
      layer: 'spark',
      name: 'headrace-clicks-spark',
      status: null,
      reason: null
    });
  });
});

describe('sweeping', () => {
  async function because(at: Scene): Promise<(readonly [string, string, string])[]> {
    const found = await findSweepable(at.world, NEVER);
    return found.map(one => [one.environment.name, one.why, one.because]);
  }

  it('finds what is over, and no other', async () => {
    const at = scene();
    place(at, 'old', ['net', 'kafka', 'spark'], at0);
    place(at, 'young', ['net', 'kafka', 'spark']);
    at.stacks.place('headrace-lookalike', { team: 'billing' });
    assert.deepEqual(await because(at), [
      ['old', 'expired', 'its time ended at 1970-01-01T00:00:00.000Z']
    ]);
    assert.equal((await listEnvironments(at.world, NEVER)).length, 2);
  });

  it('finds orphans', async () => {
    const at = scene();
    place(at, 'headless', ['kafka']);
    place(at, 'failed', ['net'], {}, 'ROLLBACK_COMPLETE');
    place(at, 'endless', ['net'], { [TAGS.expiresAt]: 'never' });
    place(at, 'busy', ['kafka'], {}, 'DELETE_IN_PROGRESS');
    assert.deepEqual(await because(at), [
      ['headless', 'orphan', 'its network is gone, Kafka is not'],
      ['failed', 'orphan', 'headrace-failed-net failed and was left'],
      ['endless', 'orphan', 'nothing says when it is to be gone']
    ]);
  });

  it('destroys those of the owner and tells of the others', async () => {
    const at = scene();
    place(at, 'mine', ['net', 'kafka'], { ...at0, [TAGS.notebook]: 'notebook-9' });
    place(at, 'hers', ['net'], { ...at0, [TAGS.owner]: 'eve' });
    const swept = await sweepExpired(OWNER, nothingLeft, at.hands());
    assert.equal(swept.found.length, 2);
    assert.deepEqual(
      swept.destroyed.map(one => [one.name, one.result.left]),
      [['mine', []]]
    );
    assert.deepEqual(swept.kept, [{ name: 'hers', why: 'it belongs to eve' }]);
    assert.deepEqual(
      (await at.stacks.list('headrace-')).map(stack => stack.name),
      ['headrace-hers-net']
    );
  });
});
