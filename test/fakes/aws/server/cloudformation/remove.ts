import { thingOf, type World } from '../world/world.ts';
import { runGraph, type Task } from './graph.ts';
import { dropThing } from './make.ts';
import { resourceStatus, type Stack, type StackResource } from './stack.ts';
import { dependenciesOf, type TemplateDocument } from './template.ts';

interface Removal {
  /** Logical ids that are left behind. */
  readonly retain: readonly string[];
  /** Whether the stack was never complete: what is retained except on creation goes, too. */
  readonly fresh: boolean;
}

/** What is to be deleted: a resource of the stack, or one that another has taken the place of. */
export interface Doomed {
  readonly key: string;
  readonly resource: StackResource;
  readonly physicalId: string | null;
  readonly policy: string;
}

/** Deletes all resources of a stack, each before those that it needs; then the ids of those that are stuck. */
export function removeResources(
  world: World,
  stack: Stack,
  { retain, fresh }: Removal,
  done: (stuck: readonly string[]) => void
): void {
  const alive = [...stack.resources.values()].filter(({ status }) => !GONE.includes(status));
  const doomed = alive.map(resource => ({
    key: resource.logicalId,
    resource,
    physicalId: resource.physicalId,
    policy: retain.includes(resource.logicalId)
      ? 'Retain'
      : policyOf(stack, resource.logicalId, fresh)
  }));
  removeAll(world, stack, doomed, stack.source?.template ?? null, done);
}

const GONE = ['', 'DELETE_COMPLETE', 'DELETE_SKIPPED'];

function policyOf(stack: Stack, id: string, fresh: boolean): string {
  const policy = stack.source?.template.resources[id]?.deletionPolicy ?? 'Delete';
  if (policy !== 'RetainExceptOnCreate') return policy;
  return fresh ? 'Delete' : 'Retain';
}

export function removeAll(
  world: World,
  stack: Stack,
  doomed: readonly Doomed[],
  template: TemplateDocument | null,
  done: (stuck: readonly string[]) => void
): void {
  const tasks = doomed.map(each => deletion(world, stack, each, dependants(template, each.key)));
  stack.cancel = runGraph(world.time, tasks, true, ({ failed }) => done([...failed.keys()]));
}

const dependants = (template: TemplateDocument | null, id: string): readonly string[] =>
  template === null
    ? []
    : Object.keys(template.resources).filter(other => dependenciesOf(template, other).includes(id));

function deletion(
  world: World,
  stack: Stack,
  { key, resource, physicalId, policy }: Doomed,
  after: readonly string[]
): Task {
  const own = physicalId === resource.physicalId;
  // The record of a resource that was made anew keeps the state of the new one.
  const say = (status: string, reason: string | null = null): void =>
    resourceStatus(world, stack, own ? resource : { ...resource, physicalId }, status, reason);
  return {
    key,
    after,
    start() {
      if (policy === 'Retain') return 0;
      say('DELETE_IN_PROGRESS');
      return SLOW.test(resource.type) ? 3 : 1;
    },
    finish() {
      if (policy === 'Retain') {
        say('DELETE_SKIPPED');
        return null;
      }
      const { type, logicalId } = resource;
      const thing = thingOf(world, type, physicalId);
      const reason = dropThing(world, { type, id: physicalId }, logicalId);
      if (reason === null && thing !== undefined)
        world.worked.push({ type, verb: 'delete', thing });
      say(reason === null ? 'DELETE_COMPLETE' : 'DELETE_FAILED', reason);
      return reason;
    },
    cancel: () => undefined
  };
}

const SLOW = /^AWS::(MSK::(Serverless)?Cluster|EMR::Cluster|EC2::NatGateway)$/;
