import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { failsWith } from '../../../fakes/errors.ts';
import { NEVER, NOTEBOOK, scene, specOf } from './scene.ts';
import {
  assertMadeOnce,
  assertNothingLeft,
  ONCE,
  planAndApply,
  remove,
  whileMaking
} from './whole-life.ts';

const EXPIRED = { service: '*', action: '*', times: 10_000, how: 'expired' } as const;

/** A process that knows no keys: none in variables, in files or from a machine of AWS. */
async function forgetKeys(test: TestContext): Promise<void> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'headrace-no-keys-'));
  test.after(() => rm(home, { recursive: true, force: true }));
  delete process.env['AWS_ACCESS_KEY_ID'];
  delete process.env['AWS_SECRET_ACCESS_KEY'];
  delete process.env['AWS_PROFILE'];
  Object.assign(process.env, {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: path.join(home, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: path.join(home, 'credentials')
  });
}

describe('credentials', () => {
  it('that are not there are asked for in one line, and nothing is asked of AWS', async test => {
    const here = await scene(test);
    const { aws } = here;
    await forgetKeys(test);
    const { environments } = here.again();
    const line = failsWith(
      'HR_AWS_CREDENTIALS',
      /^There are no AWS credentials \(.+\)\. Run aws sso login, or give credentials in the environment/
    );
    await assert.rejects(environments.plan(specOf(), NOTEBOOK, NEVER), line);
    await assert.rejects(environments.status('orders', 'eu-west-1', NEVER), line);
    assert.deepEqual(aws.calls, []);
  });

  it('that AWS does not know are told', async test => {
    const here = await scene(test);
    process.env['AWS_ACCESS_KEY_ID'] = 'AKIANOBODYNOBODYNOBO';
    await assert.rejects(
      here.again().environments.plan(specOf(), NOTEBOOK, NEVER),
      failsWith('HR_AWS_CREDENTIALS', /^AWS does not accept the credentials .* Check the profile/)
    );
  });

  it('that have expired make nothing', async test => {
    const here = await scene(test);
    const { aws } = here;
    aws.faults.add(EXPIRED);
    const { environments } = here.again({ env: { ...aws.env, AWS_PROFILE: '' } });
    await assert.rejects(
      environments.plan(specOf(), NOTEBOOK, NEVER),
      failsWith('HR_AWS_CREDENTIALS', /^The AWS credentials have expired\. Run aws sso login/)
    );
    assert.deepEqual(aws.worked, []);
    assert.equal(aws.world.stacks.size, 0);
  });

  it('that expire in the middle of an apply end the wait only; after a login it goes on', async test => {
    const here = await scene(test, {}, ONCE);
    const expiring = whileMaking(here, 'Cluster', () => here.aws.faults.add(EXPIRED));
    await assert.rejects(
      planAndApply(expiring),
      failsWith(
        'HR_AWS_CREDENTIALS',
        /^The AWS credentials have expired\. Run aws sso login.* What has begun on AWS goes on and costs: run --apply again to go on, or %provision aws --destroy orders/
      )
    );
    here.aws.faults.clear();
    const next = { ...here, ...here.again() };
    await planAndApply(next);
    assertMadeOnce(here.aws);
    assert.deepEqual((await remove(next)).left, []);
  });

  it('that expire in the middle of a destroy are told; after a login it ends with nothing left', async test => {
    const here = await scene(test, {}, ONCE);
    await planAndApply(here);
    const expiring = whileMaking(here, 'Application', () => here.aws.faults.add(EXPIRED));
    await assert.rejects(
      remove(expiring),
      failsWith(
        'HR_AWS_CREDENTIALS',
        /have expired\. Run aws sso login.* What is not deleted yet goes on to cost: run %provision aws --destroy orders again/
      )
    );
    here.aws.faults.clear();
    assert.deepEqual((await remove({ ...here, ...here.again() })).left, []);
    assertNothingLeft(here.aws);
  });
});
