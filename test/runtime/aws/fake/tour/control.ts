import assert from 'node:assert/strict';
import { planned } from '../support.ts';
import { network } from '../templates.ts';
import type { Tour } from './tour.ts';

export async function visitSts({ clients, same }: Tour): Promise<void> {
  const who = await same('sts:GetCallerIdentity', () => clients.sts.getCallerIdentity({}));
  assert.equal(Reflect.get(who, 'Account'), '123456789012');
}

export async function visitCloudFormation({ clients, same }: Tour): Promise<void> {
  const { cloudformation: cfn } = clients;
  const StackName = 'headrace-demo-9';
  const body = JSON.stringify(network);
  const ask = {
    StackName,
    ChangeSetName: 'plan',
    ChangeSetType: 'CREATE',
    TemplateBody: body
  } as const;
  await same('cloudformation:CreateChangeSet', () => cfn.createChangeSet(ask));
  const named = { StackName, ChangeSetName: 'plan' };
  await same('cloudformation:DescribeChangeSet', () => cfn.describeChangeSet(named));
  await same('cloudformation:ListChangeSets', () => cfn.listChangeSets({ StackName }));
  await same('cloudformation:DeleteChangeSet', () => cfn.deleteChangeSet(named));
  const plan = await planned(clients, { template: network, name: StackName });
  const ChangeSetName = plan.ChangeSetId;
  await same('cloudformation:ExecuteChangeSet', () => cfn.executeChangeSet({ ChangeSetName }));
  await same('cloudformation:DescribeStacks', () => cfn.describeStacks({}));
  await same('cloudformation:ListStacks', () => cfn.listStacks({}));
  await same('cloudformation:DescribeStackEvents', () => cfn.describeStackEvents({ StackName }));
  await same('cloudformation:DescribeStackResources', () =>
    cfn.describeStackResources({ StackName })
  );
  await same('cloudformation:ListStackResources', () => cfn.listStackResources({ StackName }));
  await same('cloudformation:GetTemplate', () => cfn.getTemplate({ StackName }));
  await same('cloudformation:ValidateTemplate', () => cfn.validateTemplate({ TemplateBody: body }));
  const StackPolicyBody = JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'Update:*', Resource: '*' }]
  });
  await same('cloudformation:SetStackPolicy', () =>
    cfn.setStackPolicy({ StackName, StackPolicyBody })
  );
  const protection = { StackName, EnableTerminationProtection: false };
  await same('cloudformation:UpdateTerminationProtection', () =>
    cfn.updateTerminationProtection(protection)
  );
  await same('cloudformation:DeleteStack', () => cfn.deleteStack({ StackName }));
}
