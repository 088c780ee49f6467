import { kindOf } from '../kinds/kinds.ts';
import { isRecord } from '../wire/checked.ts';
import { thingOf, type World } from '../world/world.ts';
import { NO_VALUE, resolve, type Scope } from './intrinsics.ts';
import type { Stack, StackSource } from './stack.ts';
import { invalid } from './template.ts';

/** What resources are to the functions: their real ids, or marks that say only which one is meant. */
interface Resources {
  ref(logicalId: string): string;
  attribute(logicalId: string, name: string): string;
}

export function scopeOf(
  world: World,
  stack: Pick<Stack, 'id' | 'name'>,
  source: Pick<StackSource, 'template' | 'parameters'>,
  resources: Resources
): Scope {
  const { template, parameters } = source;
  const pseudo = pseudoParameters(world, stack);
  const scope: Scope = {
    zones: world.zones,
    ref(name) {
      if (name in pseudo) return pseudo[name];
      const parameter = template.parameters[name];
      if (parameter === undefined) return resources.ref(name);
      const value = parameters[name] ?? '';
      return isList(String(parameter['Type'])) ? value.split(',') : value;
    },
    attribute: (id, name) => resources.attribute(id, name),
    condition: name => Boolean(resolve(template.conditions[name], scope)),
    mapping: names => names.reduce<unknown>(into, template.mappings)
  };
  return scope;
}

const isList = (type: string): boolean => type.startsWith('List<') || type === 'CommaDelimitedList';
const into = (value: unknown, name: string): unknown => (isRecord(value) ? value[name] : undefined);

function pseudoParameters(
  world: World,
  stack: Pick<Stack, 'id' | 'name'>
): Record<string, unknown> {
  return {
    'AWS::Region': world.region,
    'AWS::AccountId': world.account,
    'AWS::Partition': world.partition,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack.name,
    'AWS::StackId': stack.id,
    'AWS::NoValue': NO_VALUE
  };
}

/** The scope while a stack is made: what is referred to is there already. */
export function liveScope(world: World, stack: Stack, source: StackSource): Scope {
  const thing = (logicalId: string) => {
    const resource = stack.resources.get(logicalId);
    const found = thingOf(world, resource?.type ?? '', resource?.physicalId ?? null);
    if (found === undefined) throw invalid(`Resource ${logicalId} is not there yet.`);
    return found;
  };
  return scopeOf(world, stack, source, {
    ref: logicalId => thing(logicalId).id,
    attribute(logicalId, name) {
      const found = thing(logicalId);
      return kindOf(found.type)?.attributes[name]?.(found, world) ?? '';
    }
  });
}

/** The scope of a plan: what is referred to may not be there. */
export function planScope(
  world: World,
  stack: Stack,
  source: Pick<StackSource, 'template' | 'parameters'>
): Scope {
  return scopeOf(world, stack, source, {
    ref: logicalId => `{${logicalId}}`,
    attribute: (logicalId, name) => `{${logicalId}.${name}}`
  });
}

/** The resources that the conditions leave. */
export function wanted(scope: Scope, source: Pick<StackSource, 'template'>): readonly string[] {
  return Object.entries(source.template.resources)
    .filter(([, { condition }]) => condition === null || scope.condition(condition))
    .map(([id]) => id);
}
