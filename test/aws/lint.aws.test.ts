import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Template } from '../../src/runtime/aws/template/types.ts';
import { matrixTemplates } from '../runtime/aws/template/matrix.ts';
import { lint } from './cfn-lint.ts';

/** A property that does not exist, a type of value that is wrong, and an action that AWS does not know. */
const WRONG: Template = {
  AWSTemplateFormatVersion: '2010-09-09',
  Description: 'Wrong in three places',
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlok: '10.0.0.0/16' } },
    Cluster: {
      Type: 'AWS::MSK::Cluster',
      Properties: {
        ClusterName: 'orders',
        KafkaVersion: '3.9.x.kraft',
        NumberOfBrokerNodes: 'three',
        BrokerNodeGroupInfo: {
          ClientSubnets: ['subnet-0a1b2c01', 'subnet-0a1b2c02'],
          InstanceType: 'kafka.m7g.large'
        }
      }
    },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'ec2.amazonaws.com' },
              Action: 'sts:AssumeRole'
            }
          ]
        },
        Policies: [
          {
            PolicyName: 'topics',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                { Effect: 'Allow', Action: ['kafka-cluster:ReadEverything'], Resource: '*' }
              ]
            }
          }
        ]
      }
    }
  }
};

describe('cfn-lint', () => {
  it('finds nothing in any template that the options can make', async () => {
    const templates = matrixTemplates();
    assert.ok(templates.length > 90, `${templates.length} templates`);
    assert.deepEqual(await lint(templates), []);
  });

  it('finds what is wrong', async () => {
    const found = await lint([{ name: 'wrong', template: WRONG }]);
    for (const wanted of [
      /^wrong E3002 Resources\/Vpc\/Properties/m,
      /^wrong E3012 Resources\/Cluster\/Properties\/NumberOfBrokerNodes/m,
      /^wrong W3037 Resources\/Role\/.*readeverything/m
    ])
      assert.match(found.join('\n'), wanted);
  });
});
