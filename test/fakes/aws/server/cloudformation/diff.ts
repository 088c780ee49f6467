import { isDeepStrictEqual } from 'node:util';
import { kindOf } from '../kinds/kinds.ts';
import type { World } from '../world/world.ts';
import { resolve } from './intrinsics.ts';
import { planScope, wanted } from './scope.ts';
import type { Change, Stack, StackSource } from './stack.ts';
import { referencesIn } from './template.ts';

type Properties = Readonly<Record<string, unknown>>;

/** What a change set would do. References are compared as references: ids are not known before. */
export function changesOf(world: World, stack: Stack, next: StackSource): readonly Change[] {
  const after = plannedProperties(world, stack, next);
  const before = stack.source === null ? {} : plannedProperties(world, stack, stack.source);
  const tagged = stack.source !== null && !isDeepStrictEqual(stack.source.tags, next.tags);
  const kept = Object.keys(after).filter(id => id in before);
  const modified = withDependants(
    next,
    kept.flatMap(id => modification(stack, next, id, before[id] ?? {}, after[id] ?? {}, tagged))
  );
  const added = Object.keys(after).filter(id => !(id in before));
  const removed = Object.keys(before).filter(id => !(id in after));
  return [
    ...added.map(id => plain('Add', stack, id, typeIn(next, id))),
    ...modified(stack, kept),
    ...removed.map(id => plain('Remove', stack, id, typeIn(stack.source ?? next, id)))
  ];
}

const typeIn = ({ template }: StackSource, id: string): string =>
  template.resources[id]?.type ?? '';

function plannedProperties(
  world: World,
  stack: Stack,
  source: StackSource
): Record<string, Properties> {
  const scope = planScope(world, stack, source);
  return Object.fromEntries(
    wanted(scope, source).map(id => [
      id,
      resolve(source.template.resources[id]?.properties, scope) as Properties
    ])
  );
}

const plain = (
  action: 'Add' | 'Remove',
  stack: Stack,
  logicalId: string,
  type: string
): Change => ({
  action,
  logicalId,
  physicalId: action === 'Add' ? null : physicalId(stack, logicalId),
  type,
  replacement: null,
  scope: [],
  properties: []
});

const physicalId = (stack: Stack, logicalId: string): string | null =>
  stack.resources.get(logicalId)?.physicalId ?? null;

function modification(
  stack: Stack,
  next: StackSource,
  logicalId: string,
  before: Properties,
  after: Properties,
  tagged: boolean
): readonly Change[] {
  const type = typeIn(next, logicalId);
  // A resource of another type under the same name is always made anew.
  const changedType = type !== typeIn(stack.source ?? next, logicalId);
  const properties = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    name => !isDeepStrictEqual(before[name], after[name])
  );
  const tags = tagged && canHaveTags(stack, logicalId) && !properties.includes('Tags');
  const all = tags ? [...properties, 'Tags'] : properties;
  if (all.length === 0 && !changedType) return [];
  return [
    {
      action: 'Modify',
      logicalId,
      physicalId: physicalId(stack, logicalId),
      type,
      replacement: changedType ? 'True' : replacementOf(type, all),
      scope: scopesOf(all),
      properties: all
    }
  ];
}

const canHaveTags = (stack: Stack, logicalId: string): boolean =>
  !UNTAGGED.test(stack.resources.get(logicalId)?.type ?? '');
const UNTAGGED =
  /::(Route|VPCGatewayAttachment|SubnetRouteTableAssociation|SecurityGroup(In|E)gress|Policy|BucketPolicy|ClusterPolicy|Topic|Step|BatchScramSecret|WaitCondition\w*)$/;

const scopesOf = (properties: readonly string[]): readonly string[] => [
  ...new Set(properties.map(name => (name === 'Tags' ? 'Tags' : 'Properties')))
];

export function replacementOf(type: string, properties: readonly string[]): Change['replacement'] {
  const known = kindOf(type);
  if (properties.some(name => known?.replacing.includes(name))) return 'True';
  return properties.some(name => known?.perhapsReplacing.includes(name)) ? 'Conditional' : 'False';
}

/** Those that refer to what may be made anew get another id, and may have to be made anew themselves. */
function withDependants(next: StackSource, direct: readonly Change[]) {
  return (stack: Stack, kept: readonly string[]): readonly Change[] => {
    const changes = new Map(direct.map(change => [change.logicalId, change]));
    const replaced = new Set(direct.filter(mayReplace).map(({ logicalId }) => logicalId));
    for (let size = -1; size !== replaced.size;) {
      size = replaced.size;
      for (const id of kept.filter(each => !changes.has(each))) {
        const change = dependant(stack, next, id, replaced);
        if (change === null) continue;
        changes.set(id, change);
        if (mayReplace(change)) replaced.add(id);
      }
    }
    return [...changes.values()];
  };
}

const mayReplace = ({ replacement }: Change): boolean =>
  replacement === 'True' || replacement === 'Conditional';

function dependant(
  stack: Stack,
  next: StackSource,
  logicalId: string,
  replaced: ReadonlySet<string>
): Change | null {
  const entries = Object.entries(next.template.resources[logicalId]?.properties ?? {});
  const properties = entries
    .filter(([, value]) => referencesIn(value).some(({ to }) => replaced.has(to)))
    .map(([name]) => name);
  if (properties.length === 0) return null;
  const type = typeIn(next, logicalId);
  const replacement = replacementOf(type, properties) === 'False' ? 'False' : 'Conditional';
  const scope = scopesOf(properties);
  return {
    ...plain('Add', stack, logicalId, type),
    action: 'Modify',
    physicalId: physicalId(stack, logicalId),
    replacement,
    scope,
    properties
  };
}
