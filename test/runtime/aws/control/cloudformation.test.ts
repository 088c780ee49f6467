import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { awsClients, type AwsClients } from '../../../../src/runtime/aws/control/clients.ts';
import { cloudFormationStacks } from '../../../../src/runtime/aws/control/cloudformation.ts';
import { isUnchanged } from '../../../../src/runtime/aws/control/stack-views.ts';
import type { ChangeSetRequest, StackPort } from '../../../../src/runtime/aws/control/port.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { VirtualClock } from '../../../fakes/virtual-clock.ts';
import {
  failure,
  isolateSdk,
  queryServer,
  result,
  type QueryScript,
  type QueryServer
} from './query-server.ts';

const NEVER = new AbortController().signal;
const NAME = 'headrace-clicks-net';
const ID = `arn:aws:cloudformation:eu-west-1:123456789012:stack/${NAME}/1`;

const STACK = `<member><StackId>${ID}</StackId><StackName>${NAME}</StackName><CreationTime>2026-11-29T02:00:00Z</CreationTime>
  <StackStatus>CREATE_COMPLETE</StackStatus>
  <Outputs><member><OutputKey>VpcId</OutputKey><OutputValue>vpc-1</OutputValue></member></Outputs>
  <Tags><member><Key>headrace:environment</Key><Value>clicks</Value></member></Tags></member>`;

const request: ChangeSetRequest = {
  stack: NAME,
  kind: 'CREATE',
  template: {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'net',
    Resources: { Vpc: { Type: 'AWS::EC2::VPC' } }
  },
  parameters: { Zone: 'eu-west-1a' },
  tags: { 'headrace:environment': 'clicks' },
  token: 'token-1'
};

describe('stacks over the SDK', () => {
  let server: QueryServer;
  let clients: AwsClients;
  let stacks: StackPort;
  let script: QueryScript;
  let asked: URLSearchParams[];

  before(async () => {
    server = await queryServer((action, fields) => {
      asked.push(fields);
      return script(action, fields);
    });
    isolateSdk(server.url);
    clients = awsClients({ region: 'eu-west-1', maxAttempts: 1 });
    stacks = cloudFormationStacks(clients, { clock: new VirtualClock(), random: () => 0.5 });
  });

  after(async () => {
    clients.close();
    await server.close();
  });

  function answering(next: QueryScript): void {
    script = next;
    asked = [];
  }

  it('describes a stack with its outputs and tags', async () => {
    answering(action => result(action, `<Stacks>${STACK}</Stacks>`));
    assert.deepEqual(await stacks.describe(NAME, NEVER), {
      id: ID,
      name: NAME,
      status: 'CREATE_COMPLETE',
      reason: null,
      outputs: { VpcId: 'vpc-1' },
      tags: { 'headrace:environment': 'clicks' }
    });
    assert.equal(asked[0]?.get('StackName'), NAME);
  });

  it('has null for a stack that does not exist', async () => {
    answering(() => failure('ValidationError', `Stack with id ${NAME} does not exist`));
    assert.equal(await stacks.describe(NAME, NEVER), null);
    assert.equal(await stacks.template(NAME, NEVER), null);
    assert.deepEqual(await stacks.events(NAME, NEVER), []);
    assert.deepEqual(await stacks.resources(NAME, NEVER), []);
    await stacks.delete(NAME, { token: 't', retain: [] }, NEVER);
  });

  it('lists the stacks of all pages by the prefix', async () => {
    const other = STACK.replaceAll(NAME, 'billing');
    answering((action, fields) =>
      fields.has('NextToken')
        ? result(action, `<Stacks>${STACK}</Stacks>`)
        : result(action, `<Stacks>${other}</Stacks><NextToken>more</NextToken>`)
    );
    const found = await stacks.list('headrace-', NEVER);
    assert.deepEqual(
      found.map(stack => stack.name),
      [NAME]
    );
    assert.equal(asked.length, 2);
  });

  it('reads resources and events', async () => {
    const fields = `<LogicalResourceId>Vpc</LogicalResourceId><PhysicalResourceId>vpc-1</PhysicalResourceId><ResourceType>AWS::EC2::VPC</ResourceType><ResourceStatus>CREATE_FAILED</ResourceStatus><ResourceStatusReason>limit</ResourceStatusReason><Timestamp>2026-11-29T02:00:00Z</Timestamp>`;
    answering(action =>
      action === 'DescribeStackEvents'
        ? result(
            action,
            `<StackEvents><member><EventId>e1</EventId><StackId>${ID}</StackId><StackName>${NAME}</StackName>${fields}</member></StackEvents>`
          )
        : result(action, `<StackResources><member>${fields}</member></StackResources>`)
    );
    const seen = {
      logicalId: 'Vpc',
      type: 'AWS::EC2::VPC',
      status: 'CREATE_FAILED',
      reason: 'limit'
    };
    assert.deepEqual(await stacks.resources(NAME, NEVER), [{ ...seen, physicalId: 'vpc-1' }]);
    assert.deepEqual(await stacks.events(NAME, NEVER), [
      { ...seen, id: 'e1', at: Date.parse('2026-11-29T02:00:00Z') }
    ]);
  });

  it('gives back a template of Headrace and refuses any other', async () => {
    answering(action =>
      result(action, `<TemplateBody>${JSON.stringify(request.template)}</TemplateBody>`)
    );
    assert.deepEqual(await stacks.template(NAME, NEVER), request.template);
    answering(action => result(action, '<TemplateBody>Resources: {}</TemplateBody>'));
    await assert.rejects(
      stacks.template(NAME, NEVER),
      failsWith('HR_ENVIRONMENT', /template of headrace-clicks-net is not one of Headrace/)
    );
  });

  it('makes a change set and waits until it can be executed', async () => {
    let looks = 0;
    const change =
      '<member><Type>Resource</Type><ResourceChange><Action>Modify</Action><LogicalResourceId>Vpc</LogicalResourceId><PhysicalResourceId>vpc-1</PhysicalResourceId><ResourceType>AWS::EC2::VPC</ResourceType><Replacement>True</Replacement></ResourceChange></member>';
    answering(action => {
      if (action === 'CreateChangeSet') return result(action, '<Id>cs-1</Id>');
      looks += 1;
      const status = looks < 3 ? 'CREATE_IN_PROGRESS' : 'CREATE_COMPLETE';
      return result(
        action,
        `<ChangeSetId>cs-1</ChangeSetId><StackId>${ID}</StackId><Status>${status}</Status><Changes>${change}</Changes>`
      );
    });
    const made = await stacks.createChangeSet(request, NEVER);
    assert.equal(looks, 3);
    assert.deepEqual(made, {
      id: 'cs-1',
      stackId: ID,
      status: 'CREATE_COMPLETE',
      reason: null,
      changes: [
        {
          action: 'Modify',
          logicalId: 'Vpc',
          physicalId: 'vpc-1',
          type: 'AWS::EC2::VPC',
          replacement: 'True'
        }
      ]
    });
    const [sent] = asked;
    assert.equal(sent?.get('ChangeSetType'), 'CREATE');
    assert.equal(sent.get('ChangeSetName'), 'headrace-token-1');
    assert.equal(sent.get('ClientToken'), 'token-1');
    assert.equal(sent.get('Capabilities.member.1'), 'CAPABILITY_NAMED_IAM');
    assert.equal(sent.get('Parameters.member.1.ParameterKey'), 'Zone');
    assert.equal(sent.get('Tags.member.1.Key'), 'headrace:environment');
  });

  it('finds the change set that the same request made before its answer was lost', async () => {
    answering(action =>
      action === 'CreateChangeSet'
        ? failure('AlreadyExistsException', 'ChangeSet headrace-token-1 already exists')
        : result(
            action,
            `<ChangeSetId>cs-1</ChangeSetId><StackId>${ID}</StackId><Status>FAILED</Status><StatusReason>The submitted information didn't contain changes. Submit different information to create a change set.</StatusReason>`
          )
    );
    const made = await stacks.createChangeSet(request, NEVER);
    assert.ok(isUnchanged(made));
    assert.deepEqual(made.changes, []);
  });

  it('says that a name is taken', async () => {
    answering(() => failure('AlreadyExistsException', `Stack [${NAME}] already exists`));
    await assert.rejects(
      cloudFormationStacks(clients, { clock: new VirtualClock(), random: () => 0 }).execute(
        'cs-1',
        't',
        NEVER
      ),
      failsWith('HR_AWS_REFUSED', /^The name is taken/)
    );
  });

  it('refuses a template that CloudFormation would not take', async () => {
    answering(() => undefined);
    const Resources = Object.fromEntries(
      Array.from({ length: 2000 }, (_, at) => [`Vpc${at}`, { Type: 'AWS::EC2::VPC' }])
    );
    const long = { ...request, template: { ...request.template, Resources } };
    await assert.rejects(
      stacks.createChangeSet(long, NEVER),
      failsWith('HR_ENVIRONMENT', /template of headrace-clicks-net is too long \(\d+ bytes/)
    );
    assert.equal(asked.length, 0);
  });

  it('retains what it is told to, and sends the token', async () => {
    answering(action => result(action));
    await stacks.delete(ID, { token: 't-1', retain: ['Bucket'] }, NEVER);
    assert.equal(asked[0]?.get('ClientRequestToken'), 't-1');
    assert.equal(asked[0].get('RetainResources.member.1'), 'Bucket');
  });

  const faults: readonly (readonly [string, QueryScript, Parameters<typeof failsWith>])[] = [
    [
      'throttling',
      () => failure('Throttling', 'Rate exceeded'),
      ['HR_AWS_UNREACHABLE', /^AWS asks for fewer requests/]
    ],
    [
      'a fault of AWS',
      () => failure('InternalFailure', 'oops', 500),
      ['HR_AWS_UNREACHABLE', /^AWS has an internal problem/]
    ],
    [
      'an answer in no language of AWS',
      () => undefined,
      ['HR_AWS_UNREACHABLE', /^AWS has an internal problem .*HTTP 500/]
    ],
    [
      'a cut of the network',
      () => 'cut',
      ['HR_AWS_UNREACHABLE', /^AWS does not answer in eu-west-1 \(cloudformation:DescribeStacks/]
    ],
    [
      'old credentials',
      () => failure('ExpiredToken', 'The security token included in the request is expired', 403),
      ['HR_AWS_CREDENTIALS', /^The AWS credentials have expired/]
    ],
    [
      'unknown credentials',
      () => failure('InvalidClientTokenId', 'The security token is invalid', 403),
      ['HR_AWS_CREDENTIALS', /^AWS does not accept the credentials .*eu-west-1/]
    ],
    [
      'a missing permission',
      () =>
        failure(
          'AccessDenied',
          'User: arn:aws:iam::123456789012:user/ada is not authorized to perform: cloudformation:DescribeStacks on resource: x',
          403
        ),
      [
        'HR_AWS_REFUSED',
        /^AWS does not allow cloudformation:DescribeStacks \(asked as arn:aws:iam::123456789012:user\/ada\)/
      ]
    ],
    [
      'a value that is refused',
      () => failure('ValidationError', 'Parameter Zone is too long.'),
      [
        'HR_AWS_REFUSED',
        /^AWS refused cloudformation:DescribeStacks \(Parameter Zone is too long\)/
      ]
    ]
  ];
  for (const [what, answer, [code, line]] of faults)
    it(`has one sentence for ${what}`, async () => {
      answering(answer);
      await assert.rejects(stacks.describe(NAME, NEVER), failsWith(code, line));
    });

  it('ends with the signal', async () => {
    answering(action => result(action));
    await assert.rejects(
      stacks.describe(NAME, AbortSignal.abort()),
      failsWith('HR_INTERRUPTED', /Interrupted/)
    );
  });
});
