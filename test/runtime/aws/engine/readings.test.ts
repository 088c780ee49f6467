import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { requireTypedName } from '../../../../src/runtime/aws/engine/confirm.ts';
import { firstFailure } from '../../../../src/runtime/aws/engine/failure-report.ts';
import { eventsBefore } from '../../../../src/runtime/aws/engine/progress.ts';
import { reasonOf } from '../../../../src/runtime/aws/engine/reasons.ts';
import { renderValue } from '../../../../src/runtime/aws/engine/render-value.ts';
import { review } from '../../../../src/runtime/aws/engine/review.ts';
import { nextStep } from '../../../../src/runtime/aws/engine/statuses.ts';
import { templateChanges } from '../../../../src/runtime/aws/engine/template-diff.ts';
import type { Resource } from '../../../../src/runtime/aws/template/types.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { net } from './scene.ts';

describe('the reason of a failure', () => {
  it('is free of the identities of requests', () => {
    const { why, next } = reasonOf(
      'Resource handler returned message: "The maximum number of addresses has been reached. (Service: Ec2, Status Code: 400, Request ID: 7f) (SDK Attempt Count: 1)" (RequestToken: 1b, HandlerErrorCode: ServiceLimitExceeded)'
    );
    assert.equal(why, 'The maximum number of addresses has been reached');
    assert.match(next ?? '', /Service Quotas/);
  });

  it('is one line whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        const { why } = reasonOf(text);
        assert.ok(why !== '' && !/[\r\n]/.test(why));
      })
    );
  });

  it('is that of the resource that failed first, not of those it stopped', () => {
    const event = (logicalId: string, status: string, reason: string | null) => ({
      id: logicalId,
      at: 0,
      logicalId,
      type: 'AWS::EC2::VPC',
      status,
      reason
    });
    const first = firstFailure([
      event('A', 'CREATE_IN_PROGRESS', null),
      event('B', 'CREATE_FAILED', 'Resource creation cancelled'),
      event('C', 'CREATE_FAILED', 'limit'),
      event('D', 'CREATE_FAILED', 'other')
    ]);
    assert.equal(first?.logicalId, 'C');
    assert.equal(firstFailure([]), null);
  });
});

describe('the typed name', () => {
  it('is wanted, and exactly', () => {
    requireTypedName('clicks', 'clicks', '--apply');
    for (const typed of ['', 'click', 'Clicks', ' clicks'])
      assert.throws(
        () => requireTypedName('clicks', typed, '--destroy'),
        failsWith('HR_USAGE', /not the name.*--destroy clicks to confirm; nothing was changed/)
      );
    assert.throws(
      () => requireTypedName('clicks', null, '--apply'),
      failsWith('HR_USAGE', /--apply wants the name/)
    );
  });
});

describe('the changes between two templates', () => {
  it('are none for the same in another order', () => {
    const reversed = Object.fromEntries(Object.entries(net.template.Resources).reverse());
    assert.deepEqual(templateChanges(net.template, { ...net.template, Resources: reversed }), []);
  });

  it('are all resources of a new stack', () => {
    assert.deepEqual(
      templateChanges(null, net.template).map(one => one.action),
      ['Add', 'Add', 'Add', 'Add']
    );
  });

  it('are a removal and an addition where the type differs', () => {
    const Vpc: Resource = { Type: 'AWS::EC2::Subnet' };
    const { KafkaGroup, SparkGroup } = net.template.Resources;
    assert.ok(KafkaGroup && SparkGroup);
    const changes = templateChanges(net.template, {
      ...net.template,
      Resources: { KafkaGroup, SparkGroup, Vpc, Extra: { Type: 'AWS::EC2::EIP' } }
    });
    assert.deepEqual(
      changes.map(one => `${one.action} ${one.logicalId}`),
      ['Remove Vpc', 'Add Vpc', 'Add Extra', 'Remove Bucket']
    );
  });
});

describe('values of templates', () => {
  it('are read by the names that they use', () => {
    assert.equal(renderValue({ Ref: 'Vpc' }), 'Vpc');
    assert.equal(renderValue({ 'Fn::GetAtt': ['Role', 'Arn'] }), 'Role.Arn');
    assert.equal(renderValue({ 'Fn::GetAtt': 'Role.Arn' }), 'Role.Arn');
    assert.equal(renderValue({ 'Fn::Sub': '${Bucket.Arn}/*' }), '${Bucket.Arn}/*');
    assert.equal(renderValue({ 'Fn::Sub': ['${a}/*', { a: 1 }] }), '${a}/*');
    assert.equal(renderValue({ 'Fn::Join': ['/', [{ Ref: 'Bucket' }, '*']] }), 'Bucket/*');
    assert.equal(renderValue({ 'Fn::Select': [0, ['a']] }), '{"Fn::Select":[0,["a"]]}');
    assert.equal(renderValue([1, true, null]), '1, true, ');
  });

  it('give every kind of rule and policy', () => {
    const resources: Readonly<Record<string, Resource>> = {
      In: {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: {
          GroupId: { 'Fn::GetAtt': ['Kafka', 'GroupId'] },
          IpProtocol: 'tcp',
          FromPort: 9094,
          ToPort: 9098,
          CidrIp: '0.0.0.0/0'
        }
      },
      Out: {
        Type: 'AWS::EC2::SecurityGroupEgress',
        Properties: { GroupId: { Ref: 'Kafka' }, IpProtocol: -1, DestinationSecurityGroupId: 'sg' }
      },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/X'] }
      },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          Roles: [{ Ref: 'Role' }],
          PolicyDocument: { Statement: { Effect: 'Deny', Action: 's3:*', Resource: '*' } }
        }
      }
    };
    const { rules, statements } = review(resources, new Set(Object.keys(resources)));
    assert.deepEqual(
      rules.map(({ group, direction, protocol, ports, peer }) => [
        group,
        direction,
        protocol,
        ports,
        peer
      ]),
      [
        ['Kafka', 'in', 'tcp', '9094-9098', '0.0.0.0/0'],
        ['Kafka', 'out', 'all', 'all', 'sg']
      ]
    );
    assert.deepEqual(statements, [
      {
        role: 'Role',
        effect: 'Allow',
        actions: ['arn:aws:iam::aws:policy/X'],
        resources: ['as that policy says']
      },
      { role: 'Role', effect: 'Deny', actions: ['s3:*'], resources: ['*'] }
    ]);
    assert.deepEqual(review(resources, new Set()), { rules: [], statements: [] });
  });
});

describe('events and states', () => {
  it('before an operation end where it begins', () => {
    const event = (id: string, type: string, status: string) => ({
      id,
      at: 0,
      logicalId: id,
      type,
      status,
      reason: null
    });
    const STACK = 'AWS::CloudFormation::Stack';
    const known = eventsBefore([
      event('5', STACK, 'ROLLBACK_IN_PROGRESS'),
      event('4', 'AWS::EC2::VPC', 'CREATE_IN_PROGRESS'),
      event('3', STACK, 'CREATE_IN_PROGRESS'),
      event('2', STACK, 'REVIEW_IN_PROGRESS'),
      event('1', STACK, 'CREATE_IN_PROGRESS')
    ]);
    assert.deepEqual([...known], ['2', '1']);
    assert.deepEqual([...eventsBefore([event('1', 'AWS::EC2::VPC', 'CREATE_COMPLETE')])], []);
  });

  it('lead to one next step each', () => {
    const steps = {
      REVIEW_IN_PROGRESS: 'create',
      DELETE_COMPLETE: 'create',
      CREATE_COMPLETE: 'update',
      UPDATE_ROLLBACK_COMPLETE: 'update',
      UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: 'join',
      ROLLBACK_IN_PROGRESS: 'join',
      ROLLBACK_COMPLETE: 'remove',
      ROLLBACK_FAILED: 'remove',
      CREATE_FAILED: 'remove',
      DELETE_FAILED: 'refuse',
      UPDATE_ROLLBACK_FAILED: 'refuse'
    };
    for (const [status, step] of Object.entries(steps)) {
      const stack = { id: '', name: '', status, reason: null, outputs: {}, tags: {} };
      assert.equal(nextStep(stack), step, status);
    }
    assert.equal(nextStep(null), 'create');
  });
});
