import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applied, bench, outputsOf } from './support.ts';
import { spark } from './templates.ts';

const NAME = 'headrace-demo-net';

describe('the templates of the fake CloudFormation', () => {
  it('refuses bad templates before anything is made', async test => {
    const { aws, cloudformation } = await bench(test);
    const refused = (template: object, message: RegExp, more: object = {}) =>
      assert.rejects(
        cloudformation.createChangeSet({
          StackName: NAME,
          ChangeSetName: 'bad',
          ChangeSetType: 'CREATE',
          TemplateBody: JSON.stringify(template),
          ...more
        }),
        { message }
      );
    const vpc = { Type: 'AWS::EC2::VPC' };
    await refused({ Resources: {} }, /At least one Resources member/);
    await refused({ Resources: { A: { Type: 'Nobody::Knows' } } }, /Unrecognized resource types/);
    await refused({ Resources: { A: vpc }, Extra: 1 }, /Invalid template property/);
    const subnet = { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'B' } } };
    await refused({ Resources: { A: subnet } }, /Unresolved resource dependencies \[B\]/);
    const asks = { ...subnet, Properties: { VpcId: { 'Fn::GetAtt': 'B.Nothing' } } };
    await refused({ Resources: { A: asks, B: vpc } }, /does not support attribute type Nothing/);
    await refused(
      { Parameters: { P: { Type: 'String' } }, Resources: { A: vpc } },
      /Parameters: \[P\] must have values/
    );
    await refused(spark, /Requires capabilities : \[CAPABILITY_NAMED_IAM\]/);
    await refused({ Resources: { A: vpc } }, /does not exist/, { ChangeSetType: 'UPDATE' });
    assert.equal(aws.world.stacks.size, 0);
  });

  it('knows the functions of templates', async test => {
    const clients = await bench(test);
    const value = (Value: unknown) => ({ Value });
    const stack = await applied(clients, {
      template: {
        Parameters: { Groups: { Type: 'CommaDelimitedList', Default: 'sg-1,sg-2' } },
        Mappings: { Ports: { kafka: { iam: '9098' } } },
        Conditions: {
          Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
          Never: { 'Fn::Not': [{ Condition: 'Here' }] }
        },
        Resources: {
          Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.1.0.0/16' } },
          Never: { Type: 'AWS::EC2::VPC', Condition: 'Never' }
        },
        Outputs: {
          Sub: value({
            'Fn::Sub': ['${A}-${Vpc.CidrBlock}-${AWS::AccountId}-${!kept}', { A: 'a' }]
          }),
          Select: value({ 'Fn::Select': [1, { Ref: 'Groups' }] }),
          Split: value({ 'Fn::Join': ['/', { 'Fn::Split': ['.', 'a.b'] }] }),
          Zones: value({ 'Fn::Select': ['0', { 'Fn::GetAZs': '' }] }),
          Cidr: value({
            'Fn::Select': [2, { 'Fn::Cidr': [{ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, 3, 8] }]
          }),
          If: value({ 'Fn::If': ['Here', 'yes', 'no'] }),
          Map: value({ 'Fn::FindInMap': ['Ports', 'kafka', 'iam'] }),
          Base64: value({ 'Fn::Base64': 'hi' }),
          Gone: { Value: 'x', Condition: 'Never' }
        }
      }
    });
    assert.deepEqual(outputsOf(stack), {
      Sub: 'a-10.1.0.0/16-123456789012-${kept}',
      Select: 'sg-2',
      Split: 'a/b',
      Zones: 'eu-west-1a',
      Cidr: '10.1.2.0/24',
      If: 'yes',
      Map: '9098',
      Base64: 'aGk='
    });
  });
});
