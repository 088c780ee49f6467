import { kindOf } from '../kinds/kinds.ts';
import { thingOf, type Thing, type World } from '../world/world.ts';
import { creation, outputsOf } from './create.ts';
import { runGraph, type Task } from './graph.ts';
import {
  beginThing,
  differences,
  dropThing,
  endThing,
  takeFailure,
  wantedNow,
  type Wanted
} from './make.ts';
import { policyRefusal } from './policy.ts';
import { removeAll, type Doomed } from './remove.ts';
import { planScope, wanted } from './scope.ts';
import {
  resourceStatus,
  stackStatus,
  type Stack,
  type StackResource,
  type StackSource
} from './stack.ts';
import { dependenciesOf } from './template.ts';

/** What an update has to remember: what to delete at its end, and how to go back. */
interface Journal {
  readonly replaced: Doomed[];
  readonly undo: (() => void)[];
}

const ALIVE = /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/;

/** Changes a stack to another source; when a resource fails, all of it goes back. */
export function updateStack(world: World, stack: Stack, next: StackSource): void {
  const journal: Journal = { replaced: [], undo: [] };
  stackStatus(world, stack, 'UPDATE_IN_PROGRESS', 'User Initiated');
  const ids = wanted(planScope(world, stack, next), next);
  const tasks = ids.map(id => change(world, stack, next, id, journal));
  stack.cancel = runGraph(world.time, tasks, false, ({ failed }) => {
    if (failed.size === 0) complete(world, stack, next, ids, journal);
    else goBack(world, stack, [...failed.keys()], journal);
  });
}

function change(world: World, stack: Stack, next: StackSource, id: string, journal: Journal): Task {
  const type = next.template.resources[id]?.type ?? '';
  const known = stack.resources.get(id);
  if (known?.type === type && ALIVE.test(known.status)) {
    return alteration(world, stack, next, known, journal);
  }
  if (known !== undefined && ALIVE.test(known.status)) journal.replaced.push(doom(known));
  journal.undo.push(() => {
    dropThing(world, made(stack, id), id);
    if (known === undefined) stack.resources.delete(id);
    else stack.resources.set(id, known);
  });
  return creation(world, stack, next, id);
}

const doom = (resource: StackResource): Doomed => ({
  key: `${resource.logicalId} before`,
  resource: { ...resource },
  physicalId: resource.physicalId,
  policy: 'Delete'
});

/** A resource that is there: left alone, changed in place, or made anew. */
function alteration(
  world: World,
  stack: Stack,
  next: StackSource,
  resource: StackResource,
  journal: Journal
): Task {
  const { logicalId: id, type } = resource;
  let finish: (() => string | null) | null = null;
  return {
    key: id,
    after: dependenciesOf(next.template, id),
    start() {
      const target = wantedNow(world, stack, next, id);
      const thing = thingOf(world, type, resource.physicalId);
      if (thing === undefined) return failed(world, stack, resource, 'The resource is gone.');
      const names = differences(thing, target);
      if (names.length === 0) return 0;
      const anew = names.some(name => kindOf(type)?.replacing.includes(name));
      const refused = policyRefusal(stack, resource, anew ? 'Update:Replace' : 'Update:Modify');
      if (refused !== null) return failed(world, stack, resource, refused);
      const begun = anew
        ? replace(world, stack, resource, target, journal)
        : alter(world, stack, resource, thing, target, journal);
      if (typeof begun === 'string') return failed(world, stack, resource, begun);
      finish = begun;
      return anew ? (kindOf(type)?.steps ?? 1) : 2;
    },
    finish() {
      const reason = finish?.() ?? null;
      return reason === null ? null : failed(world, stack, resource, reason);
    },
    cancel() {
      if (finish !== null) failed(world, stack, resource, 'Resource update cancelled');
    }
  };
}

function failed(world: World, stack: Stack, resource: StackResource, reason: string): string {
  resourceStatus(world, stack, resource, 'UPDATE_FAILED', reason);
  return reason;
}

type Begun = string | (() => string | null);

function alter(
  world: World,
  stack: Stack,
  resource: StackResource,
  thing: Thing,
  target: Wanted,
  { undo }: Journal
): Begun {
  const kind = kindOf(thing.type);
  // Tags are changed by a call of their own, which every state allows.
  const onlyTags = differences(thing, target).every(name => name === 'Tags');
  const reason = onlyTags ? null : (kind?.fixed?.(thing) ?? null);
  resourceStatus(world, stack, resource, 'UPDATE_IN_PROGRESS');
  if (reason !== null) return reason;
  const { properties, tags, state } = thing;
  undo.push(() => void Object.assign(thing, { properties, tags, state }));
  world.worked.push({ type: thing.type, verb: 'update', thing });
  thing.state = kind?.changing ?? state;
  return () => {
    const failure = takeFailure(world, resource.logicalId, 'update');
    if (failure !== null) return failure;
    Object.assign(thing, { ...target, state });
    resourceStatus(world, stack, resource, 'UPDATE_COMPLETE');
    return null;
  };
}

function replace(
  world: World,
  stack: Stack,
  resource: StackResource,
  target: Wanted,
  { replaced, undo }: Journal
): Begun {
  const { physicalId } = resource;
  resourceStatus(
    world,
    stack,
    resource,
    'UPDATE_IN_PROGRESS',
    'Requested update requires the creation of a new physical resource; hence creating one.'
  );
  const reason = beginThing(world, stack, resource, target);
  if (reason !== null) return reason;
  undo.push(() => {
    dropThing(world, { type: resource.type, id: resource.physicalId }, resource.logicalId);
    resource.physicalId = physicalId;
  });
  return () => {
    const failure = endThing(world, resource);
    if (failure !== null) return failure;
    replaced.push(doom({ ...resource, physicalId }));
    resourceStatus(world, stack, resource, 'UPDATE_COMPLETE');
    return null;
  };
}

function complete(
  world: World,
  stack: Stack,
  next: StackSource,
  ids: readonly string[],
  { replaced }: Journal
): void {
  const before = stack.source;
  stack.source = next;
  stack.updatedAt = world.time.now();
  stack.outputs = outputsOf(world, stack, next);
  stackStatus(world, stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', null);
  const removed = [...stack.resources.values()]
    .filter(({ logicalId, status }) => !ids.includes(logicalId) && ALIVE.test(status))
    .map(resource => ({
      key: resource.logicalId,
      resource,
      physicalId: resource.physicalId,
      policy: before?.template.resources[resource.logicalId]?.deletionPolicy ?? 'Delete'
    }));
  removeAll(world, stack, [...replaced, ...removed], before?.template ?? null, () => {
    for (const { key } of removed) stack.resources.delete(key);
    stackStatus(world, stack, 'UPDATE_COMPLETE', null);
  });
}

function goBack(world: World, stack: Stack, failed: readonly string[], { undo }: Journal): void {
  const reason = `The following resource(s) failed to update: [${failed.join(', ')}]. `;
  stackStatus(world, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', reason);
  world.time.after(1, () => {
    for (const step of undo.reverse()) step();
    for (const resource of stack.resources.values()) {
      if (!/^(CREATE|UPDATE)_/.test(resource.status)) continue;
      if (resource.status !== 'CREATE_COMPLETE')
        resourceStatus(world, stack, resource, 'UPDATE_COMPLETE');
    }
    stackStatus(world, stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', null);
    world.time.after(1, () => stackStatus(world, stack, 'UPDATE_ROLLBACK_COMPLETE', null));
  });
}

const made = (stack: Stack, logicalId: string): { type: string; id: string | null } => {
  const resource = stack.resources.get(logicalId);
  return { type: resource?.type ?? '', id: resource?.physicalId ?? null };
};
