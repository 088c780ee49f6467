import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AccountPort, SubnetView, Zone } from '../../../../src/runtime/aws/control/account.ts';
import { maskedAccount, resolve } from '../../../../src/runtime/aws/engine/resolve.ts';
import { chooseZones } from '../../../../src/runtime/aws/engine/zones.ts';
import { TAGS, environmentSpecSchema } from '../../../../src/runtime/aws/environment/spec.ts';
import { FAKE_ACCOUNT } from '../../../fakes/aws/memory-stacks.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { busy, EXPIRES_AT, NAME, NEVER, OWNER, scene, tagsOf } from './scene.ts';

const VIRGINIA: readonly Zone[] = [1, 2, 3, 4].map(at => ({
  name: `us-east-1${'dacb'.charAt(at - 1)}`,
  id: `use1-az${at}`
}));

function account(changed: Partial<AccountPort> = {}): AccountPort {
  return {
    caller: () => Promise.resolve({ account: FAKE_ACCOUNT, arn: OWNER }),
    zones: () => Promise.resolve(VIRGINIA),
    offering: () => Promise.resolve(new Set(VIRGINIA.map(zone => zone.name))),
    subnets: () => Promise.resolve([]),
    ...changed
  };
}

function specOf(changed: Readonly<Record<string, unknown>> = {}) {
  return environmentSpecSchema.parse({ name: NAME, region: 'us-east-1', ...changed });
}

const options = { notebook: 'notebook-1' };

describe('resolving a spec', () => {
  it('adds who asks, where and until when', async () => {
    const at = scene();
    const resolved = await resolve(specOf({ ttlMs: 5000 }), account(), options, at.world, NEVER);
    assert.deepEqual(resolved, {
      account: FAKE_ACCOUNT,
      partition: 'aws',
      // Zone use1-az3 is us-east-1c.
      zones: ['us-east-1a', 'us-east-1b', 'us-east-1d'],
      owner: OWNER,
      notebook: 'notebook-1',
      expiresAt: at.clock.now() + 5000
    });
  });

  it('knows the other partitions', async () => {
    const arn = 'arn:aws-cn:iam::123456789012:user/ada';
    const port = account({ caller: () => Promise.resolve({ account: FAKE_ACCOUNT, arn }) });
    const { partition } = await resolve(specOf(), port, options, scene().world, NEVER);
    assert.equal(partition, 'aws-cn');
  });

  it('keeps the end of what stands, unless it is to be extended or is over', async () => {
    const at = scene();
    at.stacks.place('headrace-clicks-net', tagsOf('net'));
    const end = async (extend: boolean) =>
      (await resolve(specOf(), account(), { ...options, extend }, at.world, NEVER)).expiresAt;
    assert.equal(await end(false), EXPIRES_AT);
    assert.equal(await end(true), at.clock.now() + 8 * 3_600_000);
    await at.clock.sleep(EXPIRES_AT);
    assert.equal(await end(false), at.clock.now() + 8 * 3_600_000);
  });

  it('refuses a name that somebody else uses', async () => {
    const at = scene();
    at.stacks.place('headrace-clicks-spark', { team: 'billing' });
    await assert.rejects(
      resolve(specOf(), account(), options, at.world, NEVER),
      failsWith('HR_ENVIRONMENT', /headrace-clicks-spark was not made by Headrace.*--name/)
    );
  });

  it('refuses another account than the one of the notebook', async () => {
    await assert.rejects(
      resolve(specOf(), account(), { ...options, account: '999999999999' }, scene().world, NEVER),
      failsWith('HR_ENVIRONMENT', /another AWS account .*\*{8}9999.*\*{8}9012/)
    );
  });

  it('takes what another notebook of the same owner made, with force', async () => {
    const at = scene();
    at.stacks.place('headrace-clicks-net', tagsOf('net', { [TAGS.notebook]: 'notebook-2' }));
    await assert.rejects(
      resolve(specOf(), account(), options, at.world, NEVER),
      failsWith('HR_ENVIRONMENT', /another notebook.*--force/)
    );
    const forced = { ...options, force: true };
    const resolved = await resolve(specOf(), account(), forced, at.world, NEVER);
    assert.equal(resolved.notebook, 'notebook-1');
  });

  it('waits while AWS is busy', async () => {
    let looks = 0;
    const port = account({
      caller: () =>
        (looks += 1) < 4
          ? Promise.reject(busy())
          : Promise.resolve({ account: FAKE_ACCOUNT, arn: OWNER })
    });
    await resolve(specOf(), port, options, scene().world, NEVER);
    assert.equal(looks, 4);
  });

  it('shows an account by its last digits', () => {
    assert.equal(maskedAccount('123456789012'), '********9012');
  });
});

describe('zones', () => {
  const choose = (spec = specOf(), port = account(), types: readonly string[] = []) =>
    chooseZones(spec, types, port, NEVER);

  it('are all for services that work in all', async () => {
    const zones = await choose(specOf({ kafka: 'ec2', kafkaAuth: 'none', spark: 'emr-ec2' }));
    assert.deepEqual(zones, ['us-east-1a', 'us-east-1b', 'us-east-1c']);
  });

  it('offer the instance types', async () => {
    const port = account({
      offering: types => {
        assert.deepEqual(types, ['m7g.xlarge']);
        return Promise.resolve(new Set(['us-east-1b', 'us-east-1d']));
      }
    });
    assert.deepEqual(await choose(specOf(), port, ['m7g.xlarge']), ['us-east-1b', 'us-east-1d']);
  });

  it('are at least two', async () => {
    const port = account({ offering: () => Promise.resolve(new Set(['us-east-1b'])) });
    await assert.rejects(
      choose(specOf(), port, ['p5.48xlarge']),
      failsWith('HR_ENVIRONMENT', /us-east-1 has too few.*us-east-1b of the 2.*p5\.48xlarge/)
    );
  });

  const subnet = (id: string, at: number, vpc = 'vpc-1'): SubnetView => ({
    id,
    vpc,
    zone: VIRGINIA[at - 1] ?? { name: '', id: '' }
  });
  const given = specOf({ vpc: { id: 'vpc-1', subnets: ['subnet-2', 'subnet-1'] } });

  it('are those of given subnets, in their order', async () => {
    const found = [subnet('subnet-1', 1), subnet('subnet-2', 2)];
    const port = account({ subnets: () => Promise.resolve(found) });
    assert.deepEqual(await choose(given, port), ['us-east-1a', 'us-east-1d']);
  });

  const wrong: readonly (readonly [readonly SubnetView[], RegExp])[] = [
    [[subnet('subnet-1', 1)], /subnet-2 does not exist/],
    [[subnet('subnet-1', 1), subnet('subnet-2', 2, 'vpc-2')], /subnet-2 is not in vpc-1/],
    [[subnet('subnet-1', 1), subnet('subnet-2', 1)], /two are in the same zone/],
    [[subnet('subnet-1', 1), subnet('subnet-2', 3)], /does not work in use1-az3/]
  ];
  for (const [found, line] of wrong)
    it(`refuse given subnets: ${line.source}`, async () => {
      const port = account({ subnets: () => Promise.resolve(found) });
      await assert.rejects(choose(given, port), failsWith('HR_ENVIRONMENT', line));
    });
});
