import { ApiError } from '../wire/failure.ts';
import { isRecord, textIn } from '../wire/checked.ts';
import { kindOf } from '../kinds/kinds.ts';

type Json = Readonly<Record<string, unknown>>;

export interface ResourceDocument {
  readonly type: string;
  readonly properties: Json;
  readonly dependsOn: readonly string[];
  readonly deletionPolicy: string;
  readonly condition: string | null;
}

/** A template as the server understands it: JSON only. */
export interface TemplateDocument {
  readonly description: string | null;
  readonly parameters: Readonly<Record<string, Json>>;
  readonly conditions: Json;
  readonly mappings: Json;
  readonly resources: Readonly<Record<string, ResourceDocument>>;
  readonly outputs: Readonly<Record<string, Json>>;
}

const SECTIONS = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Resources',
  'Outputs'
];

export const invalid = (message: string): ApiError => new ApiError('ValidationError', message);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MOST_BYTES = 51_200;

export function parseTemplate(body: string): TemplateDocument {
  if (Buffer.byteLength(body) > MOST_BYTES) {
    throw invalid(
      `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${MOST_BYTES}`
    );
  }
  const given = jsonOf(body);
  const foreign = Object.keys(given).filter(name => !SECTIONS.includes(name));
  if (foreign.length > 0) {
    throw invalid(`Invalid template property or properties [${foreign.join(', ')}]`);
  }
  const { Description: description } = given;
  return {
    description: typeof description === 'string' ? description : null,
    parameters: section(given, 'Parameters'),
    conditions: section(given, 'Conditions'),
    mappings: section(given, 'Mappings'),
    resources: resourcesOf(section(given, 'Resources')),
    outputs: section(given, 'Outputs')
  };
}

function jsonOf(body: string): Json {
  try {
    const value: unknown = JSON.parse(body);
    if (isRecord(value)) return value;
  } catch {
    // The message below says it.
  }
  throw invalid(
    'Template format error: JSON not well-formed. (the server of the tests reads JSON)'
  );
}

function section(given: Json, name: string): Readonly<Record<string, Json>> {
  const value = given[name] ?? {};
  if (!isRecord(value)) throw invalid(`Template format error: ${name} is not an object.`);
  return value as Readonly<Record<string, Json>>;
}

function resourcesOf(given: Readonly<Record<string, Json>>): TemplateDocument['resources'] {
  const entries = Object.entries(given);
  if (entries.length === 0) {
    throw invalid('Template format error: At least one Resources member must be defined.');
  }
  const unknown = entries.map(([, { Type }]) => String(Type)).filter(type => kindOf(type) === null);
  if (unknown.length > 0) {
    throw invalid(`Template format error: Unrecognized resource types: [${unknown.join(', ')}]`);
  }
  return Object.fromEntries(entries.map(([id, resource]) => [id, resourceOf(id, resource)]));
}

function resourceOf(id: string, given: Json): ResourceDocument {
  if (!/^[A-Za-z0-9]+$/.test(id)) {
    throw invalid(`Template format error: Resource name ${id} is non alphanumeric.`);
  }
  const { Properties: properties, DependsOn: after, Condition: condition } = given;
  return {
    type: String(given['Type']),
    properties: isRecord(properties) ? properties : {},
    dependsOn: after === undefined ? [] : [after].flat().map(String),
    deletionPolicy: textIn(given['DeletionPolicy'], 'Delete'),
    condition: condition === undefined ? null : textIn(condition)
  };
}

/** Logical ids that a value refers to, and the attributes that it asks of them. */
export interface Reference {
  readonly to: string;
  readonly attribute: string | null;
}

export function referencesIn(value: unknown): readonly Reference[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isRecord(value)) return [];
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Sub': sub } = value;
  if (typeof ref === 'string') return [{ to: ref, attribute: null }];
  if (attribute !== undefined) return [attributeOf(attribute)];
  if (sub !== undefined) return inSub(sub);
  return Object.values(value).flatMap(referencesIn);
}

export function attributeOf(value: unknown): { to: string; attribute: string } {
  const [to = '', ...names] = Array.isArray(value) ? value.map(String) : String(value).split('.');
  return { to, attribute: names.join('.') };
}

function inSub(value: unknown): readonly Reference[] {
  const [text, own] = Array.isArray(value) ? (value as readonly unknown[]) : [value, {}];
  const names = isRecord(own) ? own : {};
  const found = [...String(text).matchAll(/\$\{([^!}][^}]*)\}/g)]
    .map(([, name]) => String(name))
    .filter(name => !(name in names))
    .map(name => (name.includes('.') ? attributeOf(name) : { to: name, attribute: null }));
  return [...found, ...referencesIn(Object.values(names))];
}

/** The resources that one has to wait for. */
export function dependenciesOf(template: TemplateDocument, id: string): readonly string[] {
  const resource = template.resources[id];
  if (resource === undefined) return [];
  const referred = referencesIn(resource.properties).map(({ to }) => to);
  return [...new Set([...resource.dependsOn, ...referred])].filter(to => to in template.resources);
}
