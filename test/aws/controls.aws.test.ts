import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import type { Resource, StackPlan, Value } from '../../src/runtime/aws/template/types.ts';
import { MATRIX } from '../runtime/aws/template/matrix.ts';
import { apply, need, withEnvironment, type Account } from './account.ts';
import { checkBucket } from './checks/bucket.ts';
import { checkNetwork } from './checks/network.ts';
import { checkRoles } from './checks/roles.ts';
import { checkRules } from './checks/rules.ts';
import { checkTags } from './checks/tags.ts';
import { motoOfThisFile } from './moto/moto.ts';

const ENVIRONMENT = need(MATRIX.find(one => one.name === 'new-private-msk-iam-emr-serverless'));

type Change = (resource: Resource) => Resource | null;

/** One resource otherwise, or left out where it is null. */
function changed(id: string, change: Change): (plan: StackPlan) => StackPlan {
  return plan => {
    const resources = Object.entries(plan.template.Resources).flatMap(([name, resource]) => {
      const put = name === id ? change(resource) : resource;
      return put === null ? [] : [[name, put] as const];
    });
    return { ...plan, template: { ...plan.template, Resources: Object.fromEntries(resources) } };
  };
}

/** Properties otherwise, or left out where they are null. */
function properties(id: string, other: Readonly<Record<string, Value>>) {
  return changed(id, resource => {
    const all = Object.entries({ ...resource.Properties, ...other });
    return { ...resource, Properties: Object.fromEntries(all.filter(([, one]) => one !== null)) };
  });
}

interface Control {
  readonly what: string;
  readonly change: (plan: StackPlan) => StackPlan;
  readonly check: (account: Account) => Promise<void>;
  /** What the check says. */
  readonly says: RegExp;
}

const CONTROLS: readonly Control[] = [
  {
    what: 'a rule out that is missing',
    change: changed('SparkToKafkaOut', () => null),
    check: checkRules,
    says: /spark out tcp 9098 kafka/
  },
  {
    what: 'a rule in for everybody',
    change: properties('SparkToKafkaIn', { SourceSecurityGroupId: null, CidrIp: '0.0.0.0/0' }),
    check: checkRules,
    says: /kafka in tcp 9098 0\.0\.0\.0\/0/
  },
  {
    what: 'a private network without its route',
    change: changed('PrivateDefaultRoute', () => null),
    check: checkNetwork,
    says: /0\.0\.0\.0\/0 nat-/
  },
  {
    what: 'private subnets that give public addresses',
    change: properties('PrivateSubnet1', { MapPublicIpOnLaunch: true }),
    check: checkNetwork,
    says: /private-1/
  },
  {
    what: 'an endpoint that one table does not use',
    change: properties('S3Endpoint', { RouteTableIds: [{ Ref: 'PublicRoutes' }] }),
    check: checkNetwork,
    says: /rtb-/
  },
  {
    what: 'a bucket that could be made public',
    change: properties('Bucket', { PublicAccessBlockConfiguration: null }),
    check: checkBucket,
    says: /public access block configuration was not found/
  },
  {
    what: 'a gateway that does not say whose it is',
    change: properties('NatGateway', { Tags: [{ Key: 'Name', Value: 'nat' }] }),
    check: checkTags,
    says: /net NatGateway/
  },
  {
    what: 'a role that may do more',
    change: properties('ExecutionRole', {
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore']
    }),
    check: checkRoles,
    says: /AmazonSSMManagedInstanceCore/
  }
];

describe('the checks in moto', () => {
  const { moto } = motoOfThisFile();

  for (const { what, change, check, says } of CONTROLS)
    it(`find ${what}`, () =>
      withEnvironment(
        moto(),
        ENVIRONMENT,
        account => assert.rejects(check(account), says),
        change
      ));

  it('are not reached where a property does not exist', async () => {
    const wrong = properties('Vpc', { CidrBlok: '10.0.0.0/16' });
    await assert.rejects(
      withEnvironment(moto(), ENVIRONMENT, () => Promise.resolve(), wrong),
      (error: unknown) => /Unknown parameter in input: "CidrBlok"/.test(inspect(error))
    );
  });

  it('see the same environment after a second apply, which changes nothing', () =>
    withEnvironment(moto(), ENVIRONMENT, async account => {
      const again = await apply(account, account.plans, account.world);
      assert.deepEqual(
        again.layers.map(one => one.changed),
        [false, false, false]
      );
      assert.deepEqual(again.outputs, account.applied.outputs);
      await checkNetwork(account);
      await checkRules(account);
    }));
});
