import type { Template, Value } from '../../../../src/runtime/aws/template/types.ts';

export type Fields = Readonly<Record<string, Value>>;

export function isFields(value: Value | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function fieldsOf(value: Value | undefined): Fields {
  return isFields(value) ? value : {};
}

export function listOf(value: Value | undefined): readonly Value[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly Value[]) : [value];
}

/** Whether CloudFormation puts something else in its place. */
export function isIntrinsic(value: Value): boolean {
  const names = isFields(value) ? Object.keys(value) : [];
  return names.length === 1 && /^(?:Ref|Fn::\w+)$/.test(names[0] ?? '');
}

/** A value and all that is in it, from the outside in. */
export function* inside(value: Value): Generator<Value> {
  yield value;
  const parts = Array.isArray(value) ? (value as readonly Value[]) : Object.values(fieldsOf(value));
  for (const part of parts) yield* inside(part);
}

/** All values of the resources and outputs. */
export function* valuesOf(template: Template): Generator<Value> {
  for (const { Properties } of Object.values(template.Resources)) yield* inside(Properties ?? {});
  for (const { Value } of Object.values(template.Outputs ?? {})) yield* inside(Value);
}

/** A value as one text, with the names of what it refers to. */
export function textOf(value: Value | undefined): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return (value as readonly Value[]).map(textOf).join(',');
  if (!isFields(value)) return typeof value === 'string' ? value : JSON.stringify(value);
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': joined } = value;
  if (Ref !== undefined) return `<${textOf(Ref)}>`;
  if (attribute !== undefined) return `<${listOf(attribute).map(textOf).join('.')}>`;
  if (joined === undefined) return JSON.stringify(value);
  const [separator, parts] = listOf(joined);
  return listOf(parts).map(textOf).join(textOf(separator));
}
