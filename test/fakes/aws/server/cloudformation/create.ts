import { kindOf } from '../kinds/kinds.ts';
import { textIn } from '../wire/checked.ts';
import type { World } from '../world/world.ts';
import { runGraph, type Task } from './graph.ts';
import { resolve } from './intrinsics.ts';
import { beginThing, endThing, resourceOf, wantedNow } from './make.ts';
import { removeResources } from './remove.ts';
import { liveScope, planScope, wanted } from './scope.ts';
import { resourceStatus, stackStatus, type Stack, type StackSource } from './stack.ts';
import { dependenciesOf } from './template.ts';

/** Makes a stack, and takes it back when a resource fails, unless that is not wanted. */
export function createStack(
  world: World,
  stack: Stack,
  source: StackSource,
  onFailure: string
): void {
  stack.source = source;
  stackStatus(world, stack, 'CREATE_IN_PROGRESS', 'User Initiated');
  const ids = wanted(planScope(world, stack, source), source);
  const tasks = ids.map(id => creation(world, stack, source, id));
  stack.cancel = runGraph(world.time, tasks, false, ({ failed }) => {
    if (failed.size === 0) {
      stack.outputs = outputsOf(world, stack, source);
      stackStatus(world, stack, 'CREATE_COMPLETE', null);
    } else afterFailure(world, stack, [...failed.keys()], onFailure);
  });
}

/** The task that makes one resource. */
export function creation(world: World, stack: Stack, source: StackSource, id: string): Task {
  const type = source.template.resources[id]?.type ?? '';
  const resource = resourceOf(stack, id, type, world.time.now());
  const fail = (reason: string): string => {
    resourceStatus(world, stack, resource, 'CREATE_FAILED', reason);
    return reason;
  };
  return {
    key: id,
    after: dependenciesOf(source.template, id),
    start() {
      resource.physicalId = null;
      resourceStatus(world, stack, resource, 'CREATE_IN_PROGRESS');
      const reason = beginThing(world, stack, resource, wantedNow(world, stack, source, id));
      if (reason !== null) return fail(reason);
      resourceStatus(world, stack, resource, 'CREATE_IN_PROGRESS', 'Resource creation Initiated');
      return kindOf(type)?.steps ?? 1;
    },
    finish() {
      const reason = endThing(world, resource);
      if (reason !== null) return fail(reason);
      resourceStatus(world, stack, resource, 'CREATE_COMPLETE');
      return null;
    },
    cancel: () => void fail('Resource creation cancelled')
  };
}

function afterFailure(
  world: World,
  stack: Stack,
  failed: readonly string[],
  onFailure: string
): void {
  const reason = `The following resource(s) failed to create: [${failed.join(', ')}].`;
  if (onFailure === 'DO_NOTHING') {
    stackStatus(world, stack, 'CREATE_FAILED', reason);
    return;
  }
  const verb = onFailure === 'DELETE' ? 'DELETE' : 'ROLLBACK';
  const why = `${reason} ${verb === 'DELETE' ? 'Delete' : 'Rollback'} requested by user.`;
  stackStatus(world, stack, `${verb}_IN_PROGRESS`, why);
  removeResources(world, stack, { retain: [], fresh: true }, stuck => {
    const left = stuck.length === 0 ? null : failedToDelete(stuck);
    stackStatus(world, stack, left === null ? `${verb}_COMPLETE` : `${verb}_FAILED`, left);
  });
}

export const failedToDelete = (ids: readonly string[]): string =>
  `The following resource(s) failed to delete: [${ids.join(', ')}]. `;

export function outputsOf(
  world: World,
  stack: Stack,
  source: StackSource
): Readonly<Record<string, string>> {
  const scope = liveScope(world, stack, source);
  const entries = Object.entries(source.template.outputs)
    .filter(([, { Condition: name }]) => name === undefined || scope.condition(textIn(name)))
    .map(([name, { Value: value }]) => [name, String(resolve(value, scope))] as const);
  return Object.fromEntries(entries);
}
