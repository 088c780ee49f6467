import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Resource, Template, Value } from '../../../../src/runtime/aws/template/types.ts';
import { fieldsOf, inside, isFields, isIntrinsic, listOf } from './walk.ts';

interface ResourceType {
  readonly cloudFormationType: string;
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly tagInformation?: { readonly tagPropertyName: string; readonly variant: string };
}

interface PropertySpec {
  readonly required?: boolean;
  readonly type: TypeSpec;
  readonly causesReplacement?: string;
}

interface TypeSpec {
  readonly type: string;
  readonly element?: TypeSpec;
  readonly types?: readonly TypeSpec[];
  readonly reference?: { readonly $ref: string };
}

/** What CloudFormation knows about resources, from the data of the CDK. */
export interface Schema {
  /** What is wrong with a template; empty if nothing. */
  problems(template: Template): readonly string[];
  /** How a type is tagged; null where it cannot be. */
  tagging(
    type: string
  ): { readonly property: string; readonly map: boolean; readonly replaces: boolean } | null;
}

export function loadSchema(): Schema {
  const database = loadAwsServiceSpecSync();
  const resourceType = (type: string): ResourceType | undefined =>
    database.lookup('resource', 'cloudFormationType', 'equals', type)[0];
  const definition = (id: string) =>
    database.get('typeDefinition', id) as unknown as {
      readonly properties: Readonly<Record<string, PropertySpec>>;
    };
  const check = checker(definition);
  return {
    problems: template =>
      Object.entries(template.Resources).flatMap(([id, resource]) => {
        const type = resourceType(resource.Type);
        if (type === undefined) return [`${id}: ${resource.Type} is not known`];
        return [
          ...check.properties(type.properties, fieldsOf(resource.Properties), id),
          ...attributeProblems(template, id, resource, resourceType)
        ];
      }),
    tagging: type => {
      const known = resourceType(type);
      const info = known?.tagInformation;
      if (known === undefined || info === undefined) return null;
      const replaces = known.properties[info.tagPropertyName]?.causesReplacement === 'yes';
      return { property: info.tagPropertyName, map: info.variant === 'map', replaces };
    }
  };
}

function attributeProblems(
  template: Template,
  id: string,
  resource: Resource,
  resourceType: (type: string) => ResourceType | undefined
): string[] {
  return [...inside(resource.Properties ?? {})].flatMap(value => {
    const [target, name] = listOf(fieldsOf(value)['Fn::GetAtt']);
    if (typeof target !== 'string' || typeof name !== 'string') return [];
    const type = resourceType(template.Resources[target]?.Type ?? '');
    if (type === undefined) return [];
    return name in type.attributes ? [] : [`${id}: ${type.cloudFormationType} has no ${name}`];
  });
}

const ANYTHING: TypeSpec = { type: 'json' };

function checker(
  definition: (id: string) => { readonly properties: Readonly<Record<string, PropertySpec>> }
) {
  function properties(
    known: Readonly<Record<string, PropertySpec>>,
    given: Readonly<Record<string, Value>>,
    path: string
  ): string[] {
    const missing = Object.entries(known)
      .filter(([name, spec]) => spec.required === true && given[name] === undefined)
      .map(([name]) => `${path} lacks ${name}`);
    const wrong = Object.entries(given).flatMap(([name, value]) => {
      const spec = known[name];
      return spec === undefined
        ? [`${path} has no ${name}`]
        : typed(spec.type, value, `${path}.${name}`);
    });
    return [...missing, ...wrong];
  }

  function list(type: TypeSpec, value: Value, path: string): string[] {
    if (!Array.isArray(value)) return [`${path} is no list`];
    const element = type.element ?? ANYTHING;
    return (value as readonly Value[]).flatMap((one, index) =>
      typed(element, one, `${path}[${index}]`)
    );
  }

  function map(type: TypeSpec, value: Value, path: string): string[] {
    if (!isFields(value)) return [`${path} is no map`];
    const element = type.element ?? ANYTHING;
    return Object.entries(value).flatMap(([name, one]) => typed(element, one, `${path}.${name}`));
  }

  function union(type: TypeSpec, value: Value, path: string): string[] {
    const tried = (type.types ?? []).map(one => typed(one, value, path));
    return tried.some(problems => problems.length === 0) ? [] : (tried[0] ?? []);
  }

  function object(type: TypeSpec, value: Value, path: string): string[] {
    if (!isFields(value)) return [`${path} is no object`];
    return properties(definition(type.reference?.$ref ?? '').properties, value, path);
  }

  function typed(type: TypeSpec, value: Value, path: string): string[] {
    if (isIntrinsic(value)) return [];
    const composite = { array: list, map, union, ref: object }[type.type];
    if (composite !== undefined) return composite(type, value, path);
    return scalar(type.type, value) ? [] : [`${path} is no ${type.type}`];
  }
  return { properties };
}

function scalar(type: string, value: Value): boolean {
  switch (type) {
    case 'string':
    case 'date-time':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'json':
      return true;
    case 'tag':
      return Object.keys(fieldsOf(value)).sort().join() === 'Key,Value';
    default:
      throw new Error(`The type ${type} of the data is not known to this check.`);
  }
}
