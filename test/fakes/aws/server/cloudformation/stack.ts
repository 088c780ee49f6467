import { arnOf, uuid, type World } from '../world/world.ts';
import type { TemplateDocument } from './template.ts';

/** A resource of a stack. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  physicalId: string | null;
  status: string;
  reason: string | null;
  at: number;
}

export interface StackEvent {
  readonly id: string;
  readonly at: number;
  readonly logicalId: string;
  readonly physicalId: string | null;
  readonly type: string;
  readonly status: string;
  readonly reason: string | null;
  readonly token: string | null;
}

/** What a stack was made from, as it was last asked for. */
export interface StackSource {
  readonly template: TemplateDocument;
  /** The text as it was sent. */
  readonly body: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
}

export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  updatedAt: number | null;
  deletedAt: number | null;
  status: string;
  reason: string | null;
  /** Null until a change set is executed. */
  source: StackSource | null;
  readonly resources: Map<string, StackResource>;
  outputs: Readonly<Record<string, string>>;
  /** Oldest first. */
  readonly events: StackEvent[];
  protected: boolean;
  /** What updates are held to, in JSON; null where everything is allowed. */
  policy: string | null;
  role: string | null;
  /** Of the operation that runs, for its events. */
  token: string | null;
  /** Ends the operation that runs. */
  cancel: (() => void) | null;
}

export interface Change {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly physicalId: string | null;
  readonly type: string;
  readonly replacement: 'True' | 'False' | 'Conditional' | null;
  readonly scope: readonly string[];
  /** Names of the properties that change. */
  readonly properties: readonly string[];
}

export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly stackId: string;
  readonly kind: 'CREATE' | 'UPDATE';
  readonly source: StackSource;
  readonly changes: readonly Change[];
  readonly token: string | null;
  readonly onFailure: string;
  readonly role: string | null;
  readonly createdAt: number;
  status: string;
  reason: string | null;
  execution: string;
}

export function newStack(world: World, name: string): Stack {
  return {
    id: arnOf(world, 'cloudformation', `stack/${name}/${uuid(world)}`),
    name,
    createdAt: world.time.now(),
    updatedAt: null,
    deletedAt: null,
    status: 'REVIEW_IN_PROGRESS',
    reason: 'User Initiated',
    source: null,
    resources: new Map(),
    outputs: {},
    events: [],
    protected: false,
    policy: null,
    role: null,
    token: null,
    cancel: null
  };
}

/** Sets the status of the stack itself, with an event. */
export function stackStatus(
  world: World,
  stack: Stack,
  status: string,
  reason: string | null
): void {
  stack.status = status;
  stack.reason = reason;
  if (status === 'DELETE_COMPLETE') stack.deletedAt = world.time.now();
  addEvent(world, stack, {
    logicalId: stack.name,
    physicalId: stack.id,
    type: 'AWS::CloudFormation::Stack',
    status,
    reason
  });
}

/** Sets the status of a resource, with an event. */
export function resourceStatus(
  world: World,
  stack: Stack,
  resource: StackResource,
  status: string,
  reason: string | null = null
): void {
  resource.status = status;
  resource.reason = reason;
  resource.at = world.time.now();
  const { logicalId, physicalId, type } = resource;
  addEvent(world, stack, { logicalId, physicalId, type, status, reason });
}

function addEvent(
  world: World,
  stack: Stack,
  event: Omit<StackEvent, 'id' | 'at' | 'token'>
): void {
  stack.events.push({ ...event, id: uuid(world), at: world.time.now(), token: stack.token });
}

/** By name, without the deleted ones; or by id. */
export function findStack(world: World, nameOrId: string): Stack | null {
  const byId = world.stacks.get(nameOrId);
  if (byId !== undefined) return byId;
  const alive = [...world.stacks.values()].filter(({ deletedAt }) => deletedAt === null);
  return alive.find(({ name }) => name === nameOrId) ?? null;
}
