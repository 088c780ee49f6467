import { isDeepStrictEqual } from 'node:util';
import type { Identity } from '../kinds/kind.ts';
import { kindOf } from '../kinds/kinds.ts';
import { isRecord } from '../wire/checked.ts';
import { thingKey, thingOf, thingsOf, type Thing, type World } from '../world/world.ts';
import { resolve } from './intrinsics.ts';
import { liveScope } from './scope.ts';
import type { Stack, StackResource, StackSource } from './stack.ts';

type Properties = Readonly<Record<string, unknown>>;

/** What a resource of a stack is to be, now that what it refers to is there. */
export interface Wanted {
  readonly properties: Properties;
  readonly tags: Readonly<Record<string, string>>;
}

export function wantedNow(world: World, stack: Stack, source: StackSource, id: string): Wanted {
  const scope = liveScope(world, stack, source);
  const properties = resolve(source.template.resources[id]?.properties, scope) as Properties;
  return {
    properties,
    tags: {
      ...source.tags,
      ...tagsIn(properties['Tags']),
      'aws:cloudformation:stack-name': stack.name,
      'aws:cloudformation:stack-id': stack.id,
      'aws:cloudformation:logical-id': id
    }
  };
}

/** Tags are a list of pairs for most types, and a map for some. */
export function tagsIn(value: unknown): Readonly<Record<string, string>> {
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, String(each)]));
  }
  const pairs = Array.isArray(value) ? value.filter(isRecord) : [];
  return Object.fromEntries(pairs.map(pair => [String(pair['Key']), String(pair['Value'])]));
}

/** Begins to make a resource; why it cannot, or null. */
export function beginThing(
  world: World,
  stack: Stack,
  resource: StackResource,
  { properties, tags }: Wanted
): string | null {
  const { type, logicalId } = resource;
  const kind = kindOf(type);
  if (kind === null) return `${type} is not known`;
  const taken = nameTaken(world, type, kind.unique, properties);
  if (taken !== null) return taken;
  const identity = kind.identify({ world, stack: stack.name, logicalId, properties });
  if (thingOf(world, type, identity.id) !== undefined) return `${identity.id} already exists`;
  const thing = addThing(world, type, identity, kind.states[0], { properties, tags });
  resource.physicalId = identity.id;
  world.worked.push({ type, verb: 'create', thing });
  return null;
}

function nameTaken(
  world: World,
  type: string,
  unique: string | undefined,
  properties: Properties
): string | null {
  if (unique === undefined) return null;
  const others = thingsOf(world, type).map(thing => thing.properties[unique]);
  return others.includes(properties[unique])
    ? `A resource of type '${type}' with identifier '${String(properties[unique])}' already exists.`
    : null;
}

export function addThing(
  world: World,
  type: string,
  { id, arn }: Identity,
  state: string,
  { properties, tags }: Wanted
): Thing {
  const thing = { type, id, arn, properties, tags, state, createdAt: world.time.now() };
  world.things.set(thingKey(type, id), thing);
  return thing;
}

/** The resource is there; or why it failed, when a test wants it to. */
export function endThing(world: World, resource: StackResource): string | null {
  const thing = thingOf(world, resource.type, resource.physicalId);
  const kind = kindOf(resource.type);
  const reason = takeFailure(world, resource.logicalId, 'create');
  if (thing === undefined) return reason;
  thing.state = reason === null ? (kind?.states[1] ?? 'AVAILABLE') : 'FAILED';
  if (reason === null) kind?.made?.(thing, world);
  return reason;
}

/** The failure that a test has asked for, once. */
export function takeFailure(
  world: World,
  logicalId: string,
  on: 'create' | 'update' | 'delete'
): string | null {
  const wanted = world.failures.find(
    each => each.logicalId === logicalId && each.on === on && each.times > 0
  );
  if (wanted === undefined) return null;
  wanted.times -= 1;
  return wanted.reason;
}

/** Takes a thing away; why it cannot be, or null. */
export function dropThing(
  world: World,
  { type, id }: { readonly type: string; readonly id: string | null },
  logicalId: string
): string | null {
  const thing = thingOf(world, type, id);
  if (thing === undefined) return null;
  const kind = kindOf(thing.type);
  const reason = takeFailure(world, logicalId, 'delete') ?? kind?.held?.(thing, world) ?? null;
  if (reason !== null) return reason;
  kind?.gone?.(thing, world);
  world.things.delete(thingKey(thing.type, thing.id));
  return null;
}

/** Names of the properties in which a thing is not what it is to be. */
export function differences(thing: Thing, { properties, tags }: Wanted): readonly string[] {
  const names = new Set([...Object.keys(thing.properties), ...Object.keys(properties)]);
  const changed = [...names].filter(
    name => name !== 'Tags' && !isDeepStrictEqual(thing.properties[name], properties[name])
  );
  return isDeepStrictEqual(thing.tags, tags) ? changed : [...changed, 'Tags'];
}

export function resourceOf(
  stack: Stack,
  logicalId: string,
  type: string,
  at: number
): StackResource {
  const known = stack.resources.get(logicalId);
  if (known?.type === type) return known;
  const resource = { logicalId, type, physicalId: null, status: '', reason: null, at };
  stack.resources.set(logicalId, resource);
  return resource;
}
