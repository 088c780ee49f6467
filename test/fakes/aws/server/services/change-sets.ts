import type * as sdk from '@aws-sdk/client-cloudformation';
import { createStack } from '../cloudformation/create.ts';
import { changesOf, replacementOf } from '../cloudformation/diff.ts';
import {
  findStack,
  newStack,
  stackStatus,
  type Change,
  type ChangeSet,
  type Stack,
  type StackSource
} from '../cloudformation/stack.ts';
import { invalid, parseTemplate } from '../cloudformation/template.ts';
import { updateStack } from '../cloudformation/update.ts';
import {
  checkCapabilities,
  parameterValues,
  validateTemplate
} from '../cloudformation/validate.ts';
import { ApiError } from '../wire/failure.ts';
import { arnOf, uuid, type World } from '../world/world.ts';
import { pairs, type Action } from './service.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets.html */
export const createChangeSet: Action<
  sdk.CreateChangeSetCommandInput,
  sdk.CreateChangeSetCommandOutput
> = (input, { world }) => {
  const again = repeated(world, input);
  if (again !== undefined) return { Id: again.id, StackId: again.stackId };
  const kind = input.ChangeSetType === 'CREATE' ? 'CREATE' : 'UPDATE';
  const existing = findStack(world, input.StackName ?? '');
  checkStack(input, kind, existing);
  const source = sourceOf(input, existing);
  const stack = existing ?? openStack(world, input.StackName ?? '');
  const changes = changesOf(world, stack, source);
  const changeSet = newChangeSet(world, input, kind, stack, source, changes);
  world.changeSets.set(changeSet.id, changeSet);
  plan(world, changeSet);
  return { Id: changeSet.id, StackId: stack.id };
};

/** The same token is the same request. */
const repeated = (world: World, { ClientToken: token }: sdk.CreateChangeSetCommandInput) =>
  token === undefined
    ? undefined
    : [...world.changeSets.values()].find(changeSet => changeSet.token === token);

function checkStack(
  { StackName: name, ChangeSetName: label }: sdk.CreateChangeSetCommandInput,
  kind: ChangeSet['kind'],
  stack: Stack | null
): void {
  if (kind === 'UPDATE' && stack === null) throw invalid(`Stack [${String(name)}] does not exist`);
  if (stack === null) {
    if (/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(name ?? '')) return;
    throw invalid(
      `1 validation error detected: Value '${String(name)}' at 'stackName' failed to satisfy constraint`
    );
  }
  if (kind === 'CREATE' && stack.status !== 'REVIEW_IN_PROGRESS') {
    throw invalid(
      `Stack [${stack.name}] already exists and cannot be created again with the changeSet [${String(label)}].`
    );
  }
  const fit = kind === 'CREATE' || /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(stack.status);
  if (!fit) throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
}

function sourceOf(input: sdk.CreateChangeSetCommandInput, stack: Stack | null): StackSource {
  const body = input.UsePreviousTemplate === true ? stack?.source?.body : input.TemplateBody;
  if (body === undefined) throw invalid('Either Template URL or Template Body must be specified.');
  const template = parseTemplate(body);
  validateTemplate(template);
  const before = stack?.source?.parameters ?? {};
  const given = (input.Parameters ?? []).map(parameter => {
    const name = parameter.ParameterKey ?? '';
    const value = parameter.UsePreviousValue === true ? before[name] : parameter.ParameterValue;
    return [name, value ?? ''] as const;
  });
  const capabilities = input.Capabilities ?? [];
  checkCapabilities(template, capabilities);
  return {
    template,
    body,
    parameters: parameterValues(template, Object.fromEntries(given)),
    tags: Object.fromEntries((input.Tags ?? []).map(tag => [tag.Key ?? '', tag.Value ?? ''])),
    capabilities
  };
}

function openStack(world: World, name: string): Stack {
  const stack = newStack(world, name);
  world.stacks.set(stack.id, stack);
  stackStatus(world, stack, 'REVIEW_IN_PROGRESS', 'User Initiated');
  return stack;
}

function newChangeSet(
  world: World,
  input: sdk.CreateChangeSetCommandInput,
  kind: ChangeSet['kind'],
  stack: Stack,
  source: StackSource,
  changes: readonly Change[]
): ChangeSet {
  const name = input.ChangeSetName ?? '';
  const others = [...world.changeSets.values()].filter(({ stackId }) => stackId === stack.id);
  if (others.some(other => other.name === name)) {
    throw new ApiError(
      'AlreadyExistsException',
      `ChangeSet ${name} cannot be created due to a mismatch with existing attribute Name`
    );
  }
  return {
    id: arnOf(world, 'cloudformation', `changeSet/${name}/${uuid(world)}`),
    name,
    stackId: stack.id,
    kind,
    source,
    changes,
    token: input.ClientToken ?? null,
    onFailure: input.OnStackFailure ?? 'ROLLBACK',
    role: input.RoleARN ?? null,
    createdAt: world.time.now(),
    status: 'CREATE_PENDING',
    reason: null,
    execution: 'UNAVAILABLE'
  };
}

/** The plan is not ready at once. */
function plan(world: World, changeSet: ChangeSet): void {
  world.time.after(1, () => void (changeSet.status = 'CREATE_IN_PROGRESS'));
  world.time.after(2, () => {
    const nothing = changeSet.changes.length === 0;
    changeSet.status = nothing ? 'FAILED' : 'CREATE_COMPLETE';
    changeSet.execution = nothing ? 'UNAVAILABLE' : 'AVAILABLE';
    changeSet.reason = nothing
      ? "The submitted information didn't contain changes. Submit different information to create a change set."
      : null;
  });
}

export const describeChangeSet: Action<
  sdk.DescribeChangeSetCommandInput,
  sdk.DescribeChangeSetCommandOutput
> = (input, { world }) => {
  const changeSet = findChangeSet(world, input.ChangeSetName, input.StackName);
  const stack = findStack(world, changeSet.stackId);
  const { source } = changeSet;
  return {
    ChangeSetName: changeSet.name,
    ChangeSetId: changeSet.id,
    StackId: changeSet.stackId,
    StackName: stack?.name,
    CreationTime: new Date(changeSet.createdAt),
    ExecutionStatus: changeSet.execution as sdk.ExecutionStatus,
    Status: changeSet.status as sdk.ChangeSetStatus,
    StatusReason: changeSet.reason ?? undefined,
    Capabilities: [...source.capabilities] as sdk.Capability[],
    Parameters: Object.entries(source.parameters).map(([name, value]) => ({
      ParameterKey: name,
      ParameterValue: value
    })),
    Tags: pairs(source.tags),
    OnStackFailure: changeSet.onFailure as sdk.OnStackFailure,
    Changes: /COMPLETE|FAILED/.test(changeSet.status) ? changeSet.changes.map(changeOut) : []
  };
};

const changeOut = (change: Change): sdk.Change => ({
  Type: 'Resource',
  ResourceChange: {
    Action: change.action,
    LogicalResourceId: change.logicalId,
    PhysicalResourceId: change.physicalId ?? undefined,
    ResourceType: change.type,
    Replacement: change.replacement ?? undefined,
    Scope: [...change.scope] as sdk.ResourceAttribute[],
    Details: change.properties.map(name => detailOut(change.type, name))
  }
});

const RECREATION = { True: 'Always', Conditional: 'Conditionally', False: 'Never' } as const;

const detailOut = (type: string, name: string): sdk.ResourceChangeDetail => ({
  Target: {
    Attribute: name === 'Tags' ? 'Tags' : 'Properties',
    Name: name === 'Tags' ? undefined : name,
    RequiresRecreation: RECREATION[replacementOf(type, [name]) ?? 'False']
  },
  Evaluation: 'Static',
  ChangeSource: 'DirectModification'
});

export function findChangeSet(
  world: World,
  nameOrId: string | undefined,
  stackName: string | undefined
): ChangeSet {
  const byId = world.changeSets.get(nameOrId ?? '');
  if (byId !== undefined) return byId;
  const stack = findStack(world, stackName ?? '');
  const found = [...world.changeSets.values()].find(
    ({ name, stackId }) => name === nameOrId && stackId === stack?.id
  );
  if (found !== undefined) return found;
  throw new ApiError('ChangeSetNotFound', `ChangeSet [${String(nameOrId)}] does not exist`, 404);
}

export const executeChangeSet: Action<
  sdk.ExecuteChangeSetCommandInput,
  sdk.ExecuteChangeSetCommandOutput
> = (input, { world }) => {
  const changeSet = findChangeSet(world, input.ChangeSetName, input.StackName);
  const stack = findStack(world, changeSet.stackId);
  const token = input.ClientRequestToken ?? null;
  // The same token is the same request, which is under way or done.
  if (changeSet.execution.startsWith('EXECUTE_') && stack?.token === token && token !== null)
    return {};
  if (stack === null || changeSet.execution !== 'AVAILABLE') {
    throw new ApiError(
      'InvalidChangeSetStatus',
      `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${changeSet.status}]`
    );
  }
  changeSet.execution = 'EXECUTE_IN_PROGRESS';
  stack.token = token;
  stack.role = changeSet.role;
  const onFailure = input.DisableRollback === true ? 'DO_NOTHING' : changeSet.onFailure;
  if (changeSet.kind === 'CREATE') createStack(world, stack, changeSet.source, onFailure);
  else updateStack(world, stack, changeSet.source);
  return {};
};

export const deleteChangeSet: Action<
  sdk.DeleteChangeSetCommandInput,
  sdk.DeleteChangeSetCommandOutput
> = (input, { world }) => {
  const known = [...world.changeSets.values()].find(
    ({ id, name }) => id === input.ChangeSetName || name === input.ChangeSetName
  );
  if (known !== undefined) world.changeSets.delete(known.id);
  return {};
};

export const listChangeSets: Action<
  sdk.ListChangeSetsCommandInput,
  sdk.ListChangeSetsCommandOutput
> = (input, { world }) => {
  const stack = findStack(world, input.StackName ?? '');
  if (stack === null) throw invalid(`Stack [${String(input.StackName)}] does not exist`);
  const own = [...world.changeSets.values()].filter(({ stackId }) => stackId === stack.id);
  return {
    Summaries: own.map(changeSet => ({
      StackId: stack.id,
      StackName: stack.name,
      ChangeSetId: changeSet.id,
      ChangeSetName: changeSet.name,
      ExecutionStatus: changeSet.execution as sdk.ExecutionStatus,
      Status: changeSet.status as sdk.ChangeSetStatus,
      StatusReason: changeSet.reason ?? undefined,
      CreationTime: new Date(changeSet.createdAt)
    }))
  };
};
