import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stackName } from '../../../../src/runtime/aws/environment/spec.ts';
import { synthesize } from '../../../../src/runtime/aws/template/synthesize.ts';
import type { Resource, Template } from '../../../../src/runtime/aws/template/types.ts';
import { MATRIX, matrixTemplates, type MatrixCase } from './matrix.ts';
import { fieldsOf, listOf, textOf, valuesOf } from './walk.ts';

const templates = matrixTemplates();

function ofType(template: Template, type: string): (readonly [string, Resource])[] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

/** Rules inside groups and beside them, in one form. */
function rules(template: Template, direction: 'Ingress' | 'Egress') {
  const inline = ofType(template, 'AWS::EC2::SecurityGroup').flatMap(([id, resource]) =>
    listOf(resource.Properties?.[`SecurityGroup${direction}`]).map(rule => ({
      id,
      own: `<${id}.GroupId>`,
      rule: fieldsOf(rule)
    }))
  );
  const beside = ofType(template, `AWS::EC2::SecurityGroup${direction}`).map(([id, resource]) => ({
    id,
    own: textOf(resource.Properties?.['GroupId']),
    rule: fieldsOf(resource.Properties)
  }));
  return [...inline, ...beside];
}

/** What goes from one group to another, by both ends' rules. */
function passages(template: Template, direction: 'Ingress' | 'Egress'): string[] {
  const peer = direction === 'Ingress' ? 'SourceSecurityGroupId' : 'DestinationSecurityGroupId';
  return rules(template, direction).flatMap(({ own, rule }) => {
    const other = textOf(rule[peer]);
    if (other === '' || other.startsWith('sg-')) return [];
    const [from, to] = direction === 'Ingress' ? [other, own] : [own, other];
    return `${from} ${to} ${textOf(rule['IpProtocol'])} ${textOf(rule['FromPort'])}-${textOf(rule['ToPort'])}`;
  });
}

const LIMITS: readonly (readonly [string, string, number])[] = [
  ['AWS::MSK::Cluster', 'ClusterName', 64],
  ['AWS::MSK::ServerlessCluster', 'ClusterName', 64],
  ['AWS::MSK::Configuration', 'Name', 64],
  ['AWS::IAM::Role', 'RoleName', 64],
  ['AWS::IAM::InstanceProfile', 'InstanceProfileName', 128],
  ['AWS::EMRServerless::Application', 'Name', 64],
  ['AWS::EMRContainers::VirtualCluster', 'Name', 64],
  ['AWS::SecretsManager::Secret', 'Name', 512],
  ['AWS::EC2::SecurityGroup', 'GroupDescription', 255]
];

describe('rules that every template keeps', () => {
  it('lets nobody in from everywhere, and nothing but HTTPS out to everywhere', () => {
    for (const { name, template } of templates) {
      for (const { id, rule } of rules(template, 'Ingress')) {
        assert.notEqual(rule['CidrIp'], '0.0.0.0/0', `${name} ${id}`);
        assert.equal(rule['CidrIpv6'], undefined, `${name} ${id}`);
        assert.notEqual(rule['IpProtocol'], '-1', `${name} ${id}`);
      }
      for (const { id, rule } of rules(template, 'Egress'))
        if (rule['CidrIp'] === '0.0.0.0/0') assert.equal(rule['FromPort'], 443, `${name} ${id}`);
    }
  });

  it('has a rule at both ends of every passage between groups', () => {
    let seen = 0;
    for (const { name, template } of templates) {
      const coming = passages(template, 'Ingress').sort();
      seen += coming.length;
      assert.deepEqual(coming, passages(template, 'Egress').sort(), name);
      assert.equal(new Set(coming).size, coming.length, name);
    }
    assert.ok(seen > 0);
  });

  it('opens between Kafka and Spark the port of the brokers alone', () => {
    for (const { name, spec, resolved } of MATRIX) {
      const [net] = synthesize(spec, resolved);
      assert.ok(net !== undefined);
      const port = { iam: 9098, scram: 9096, mtls: 9094, none: spec.kafka === 'ec2' ? 9092 : 9094 };
      const wanted = `<SparkGroup.GroupId> <KafkaGroup.GroupId> tcp ${port[spec.kafkaAuth]}-${port[spec.kafkaAuth]}`;
      const found = passages(net.template, 'Ingress').filter(one => one.includes('SparkGroup'));
      assert.deepEqual(found, [wanted], name);
    }
  });

  it('has a rule out in every group, as a group without is given one for everything', () => {
    for (const { name, template } of templates)
      for (const [id, { Properties }] of ofType(template, 'AWS::EC2::SecurityGroup'))
        assert.ok(listOf(Properties?.['SecurityGroupEgress']).length > 0, `${name} ${id}`);
  });

  it('refers to what is declared, and takes no function that others would be bound by', () => {
    for (const { name, template } of templates) {
      const declared = new Set([
        ...Object.keys(template.Resources),
        ...Object.keys(template.Parameters ?? {})
      ]);
      const referred = [...valuesOf(template)].flatMap(value => {
        const { Ref, 'Fn::GetAtt': attribute } = fieldsOf(value);
        const [target] = listOf(attribute);
        return [...(Ref === undefined ? [] : [Ref]), ...(target === undefined ? [] : [target])];
      });
      const depended = Object.values(template.Resources).flatMap(({ DependsOn }) =>
        typeof DependsOn === 'string' ? [DependsOn] : [...(DependsOn ?? [])]
      );
      const unknown = [...referred, ...depended].filter(
        target => !declared.has(textOf(target)) && !textOf(target).startsWith('AWS::')
      );
      assert.deepEqual(unknown, [], name);
      const used = new Set(referred.map(textOf));
      const unused = Object.keys(template.Parameters ?? {}).filter(one => !used.has(one));
      assert.deepEqual(unused, [], name);
      assert.doesNotMatch(JSON.stringify(template), /Fn::(?:GetAZs|ImportValue)/, name);
    }
  });

  it('takes parameters only from outputs that an earlier layer of the same environment has', () => {
    for (const { name, spec, resolved } of MATRIX) {
      const plans = synthesize(spec, resolved);
      assert.deepEqual(
        plans.map(plan => plan.layer),
        ['net', 'kafka', 'spark']
      );
      plans.forEach((plan, index) => {
        assert.equal(plan.name, stackName(spec.name, plan.layer));
        const earlier = plans.slice(0, index);
        assert.deepEqual(
          Object.keys(plan.parameters),
          Object.keys(plan.template.Parameters ?? {}),
          name
        );
        for (const { layer, output } of Object.values(plan.parameters)) {
          const giver = earlier.find(one => one.layer === layer)?.template.Outputs ?? {};
          assert.ok(output in giver, `${name}: ${plan.layer} lacks ${output} of ${layer}`);
        }
      });
    }
  });

  it('keeps names and templates within their limits', () => {
    for (const { name, template } of templates) {
      const size = Buffer.byteLength(JSON.stringify(template));
      assert.ok(size < 51_200, `${name} has ${size} bytes`);
      assert.ok(
        Object.keys(template.Resources).every(id => /^[A-Za-z0-9]{1,255}$/.test(id)),
        name
      );
      for (const [type, property, limit] of LIMITS)
        for (const [id, resource] of ofType(template, type)) {
          const value = textOf(resource.Properties?.[property]);
          assert.ok(value.length <= limit, `${name} ${id}.${property} has ${value.length}`);
        }
    }
  });

  it('keeps user data within 16 KB', () => {
    for (const { name, template } of templates)
      for (const [id, { Properties }] of ofType(template, 'AWS::EC2::Instance')) {
        const script = textOf(fieldsOf(Properties?.['UserData'])['Fn::Base64']);
        assert.ok(script.startsWith('#!/bin/bash\n'), `${name} ${id}`);
        assert.ok(script.length < 16_384, `${name} ${id} has ${script.length}`);
      }
  });

  it('changes only tags when it is to end later', () => {
    const bare = (one: MatrixCase, expiresAt: number) =>
      JSON.stringify(synthesize(one.spec, { ...one.resolved, expiresAt }), (key, value: unknown) =>
        key === 'Tags' || key === 'tags' ? undefined : value
      );
    for (const one of MATRIX) assert.equal(bare(one, 1), bare(one, 2e12), one.name);
  });
});
