import * as sdk from '@aws-sdk/client-cloudformation';
import { failedToDelete } from '../cloudformation/create.ts';
import { readPolicy } from '../cloudformation/policy.ts';
import { removeResources } from '../cloudformation/remove.ts';
import { findStack, stackStatus, type Stack, type StackResource } from '../cloudformation/stack.ts';
import { invalid, parseTemplate } from '../cloudformation/template.ts';
import { validateTemplate } from '../cloudformation/validate.ts';
import type { World } from '../world/world.ts';
import {
  createChangeSet,
  deleteChangeSet,
  describeChangeSet,
  executeChangeSet,
  findChangeSet,
  listChangeSets
} from './change-sets.ts';
import { pageOf, pairs, type Action, type Service } from './service.ts';

function existing(world: World, name: string | undefined): Stack {
  const stack = findStack(world, name ?? '');
  if (stack !== null) return stack;
  throw invalid(`Stack with id ${String(name)} does not exist`);
}

const describeStacks: Action<sdk.DescribeStacksCommandInput, sdk.DescribeStacksCommandOutput> = (
  input,
  { world }
) => {
  if (input.StackName !== undefined)
    return { Stacks: [stackOut(existing(world, input.StackName))] };
  const alive = [...world.stacks.values()].filter(({ deletedAt }) => deletedAt === null);
  const { items, next } = pageOf(world, alive, input.NextToken);
  return { Stacks: items.map(stackOut), NextToken: next };
};

function stackOut(stack: Stack): sdk.Stack {
  return {
    ...summaryOut(stack),
    ...sourceOut(stack),
    LastUpdatedTime: dateOut(stack.updatedAt),
    EnableTerminationProtection: stack.protected,
    RoleARN: stack.role ?? undefined,
    Outputs: Object.entries(stack.outputs).map(([name, value]) => ({
      OutputKey: name,
      OutputValue: value
    }))
  };
}

const dateOut = (at: number | null): Date | undefined => (at === null ? undefined : new Date(at));

const summaryOut = (stack: Stack): sdk.StackSummary & sdk.Stack => ({
  StackId: stack.id,
  StackName: stack.name,
  CreationTime: new Date(stack.createdAt),
  DeletionTime: dateOut(stack.deletedAt),
  StackStatus: stack.status as sdk.StackStatus,
  StackStatusReason: stack.reason ?? undefined
});

function sourceOut({ source }: Stack): Partial<sdk.Stack> {
  if (source === null) return {};
  return {
    Description: source.template.description ?? undefined,
    Capabilities: [...source.capabilities] as sdk.Capability[],
    Parameters: Object.entries(source.parameters).map(([name, value]) => ({
      ParameterKey: name,
      ParameterValue: value
    })),
    Tags: pairs(source.tags)
  };
}

const listStacks: Action<sdk.ListStacksCommandInput, sdk.ListStacksCommandOutput> = (
  input,
  { world }
) => {
  const states = input.StackStatusFilter as readonly string[] | undefined;
  const all = [...world.stacks.values()].filter(({ status }) => states?.includes(status) ?? true);
  const { items, next } = pageOf(world, all, input.NextToken);
  return {
    NextToken: next,
    StackSummaries: items.map(summaryOut)
  };
};

const describeStackEvents: Action<
  sdk.DescribeStackEventsCommandInput,
  sdk.DescribeStackEventsCommandOutput
> = (input, { world }) => {
  const stack = existing(world, input.StackName);
  const { items, next } = pageOf(world, [...stack.events].reverse(), input.NextToken);
  return {
    NextToken: next,
    StackEvents: items.map(event => ({
      StackId: stack.id,
      StackName: stack.name,
      EventId: event.id,
      LogicalResourceId: event.logicalId,
      PhysicalResourceId: event.physicalId ?? '',
      ResourceType: event.type,
      Timestamp: new Date(event.at),
      ResourceStatus: event.status as sdk.ResourceStatus,
      ResourceStatusReason: event.reason ?? undefined,
      ClientRequestToken: event.token ?? undefined
    }))
  };
};

const started = ({ status }: StackResource): boolean => status !== '';

const describeStackResources: Action<
  sdk.DescribeStackResourcesCommandInput,
  sdk.DescribeStackResourcesCommandOutput
> = (input, { world }) => {
  const stack = existing(world, input.StackName);
  return {
    StackResources: [...stack.resources.values()].filter(started).map(resource => ({
      StackName: stack.name,
      StackId: stack.id,
      LogicalResourceId: resource.logicalId,
      PhysicalResourceId: resource.physicalId ?? undefined,
      ResourceType: resource.type,
      Timestamp: new Date(resource.at),
      ResourceStatus: resource.status as sdk.ResourceStatus,
      ResourceStatusReason: resource.reason ?? undefined
    }))
  };
};

const listStackResources: Action<
  sdk.ListStackResourcesCommandInput,
  sdk.ListStackResourcesCommandOutput
> = (input, { world }) => {
  const stack = existing(world, input.StackName);
  const all = [...stack.resources.values()].filter(started);
  const { items, next } = pageOf(world, all, input.NextToken);
  return {
    NextToken: next,
    StackResourceSummaries: items.map(resource => ({
      LogicalResourceId: resource.logicalId,
      PhysicalResourceId: resource.physicalId ?? undefined,
      ResourceType: resource.type,
      LastUpdatedTimestamp: new Date(resource.at),
      ResourceStatus: resource.status as sdk.ResourceStatus,
      ResourceStatusReason: resource.reason ?? undefined
    }))
  };
};

const getTemplate: Action<sdk.GetTemplateCommandInput, sdk.GetTemplateCommandOutput> = (
  input,
  { world }
) => {
  if (input.ChangeSetName !== undefined) {
    return {
      TemplateBody: findChangeSet(world, input.ChangeSetName, input.StackName).source.body
    };
  }
  return { TemplateBody: existing(world, input.StackName).source?.body };
};

const validate: Action<sdk.ValidateTemplateCommandInput, sdk.ValidateTemplateCommandOutput> = ({
  TemplateBody: body
}) => {
  const template = parseTemplate(body ?? '');
  validateTemplate(template);
  return {
    Description: template.description ?? undefined,
    Parameters: Object.keys(template.parameters).map(name => ({ ParameterKey: name }))
  };
};

const protect: Action<
  sdk.UpdateTerminationProtectionCommandInput,
  sdk.UpdateTerminationProtectionCommandOutput
> = (input, { world }) => {
  const stack = existing(world, input.StackName);
  stack.protected = input.EnableTerminationProtection === true;
  return { StackId: stack.id };
};

const setPolicy: Action<sdk.SetStackPolicyCommandInput, sdk.SetStackPolicyCommandOutput> = (
  input,
  { world }
) => {
  const body = input.StackPolicyBody ?? '';
  readPolicy(body);
  existing(world, input.StackName).policy = body;
  return {};
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html */
const deleteStack: Action<sdk.DeleteStackCommandInput, sdk.DeleteStackCommandOutput> = (
  input,
  { world }
) => {
  const stack = findStack(world, input.StackName ?? '');
  if (stack === null || /^DELETE_(IN_PROGRESS|COMPLETE)$/.test(stack.status)) return {};
  const retain = input.RetainResources ?? [];
  checkDelete(stack, retain);
  stack.cancel?.();
  stack.token = input.ClientRequestToken ?? null;
  stackStatus(world, stack, 'DELETE_IN_PROGRESS', 'User Initiated');
  removeResources(world, stack, { retain, fresh: false }, stuck => {
    const left = stuck.length === 0 ? null : failedToDelete(stuck);
    stackStatus(world, stack, left === null ? 'DELETE_COMPLETE' : 'DELETE_FAILED', left);
  });
  return {};
};

function checkDelete(stack: Stack, retain: readonly string[]): void {
  if (stack.protected) {
    throw invalid(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
  }
  if (retain.length > 0 && stack.status !== 'DELETE_FAILED') {
    throw invalid(
      `Invalid operation on stack [${stack.id}]. When you delete a stack, specify which resources to retain only when the stack is in the DELETE_FAILED state.`
    );
  }
  if (/^UPDATE\w*_IN_PROGRESS$/.test(stack.status)) {
    throw invalid(`Stack [${stack.name}] cannot be deleted while in status ${stack.status}`);
  }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/ */
export const cloudformation: Service = {
  name: 'cloudformation',
  signingName: 'cloudformation',
  sdk,
  protocol: 'query',
  actions: {
    CreateChangeSet: createChangeSet,
    DescribeChangeSet: describeChangeSet,
    ExecuteChangeSet: executeChangeSet,
    DeleteChangeSet: deleteChangeSet,
    ListChangeSets: listChangeSets,
    DescribeStacks: describeStacks,
    ListStacks: listStacks,
    DescribeStackEvents: describeStackEvents,
    DescribeStackResources: describeStackResources,
    ListStackResources: listStackResources,
    GetTemplate: getTemplate,
    ValidateTemplate: validate,
    UpdateTerminationProtection: protect,
    SetStackPolicy: setPolicy,
    DeleteStack: deleteStack
  }
};
