import type { Value } from '../template/types.ts';

type Fields = Readonly<Record<string, Value>>;

export function isFields(value: Value | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** A value as a list: itself, or itself alone; nothing for what is not there. */
export function listOf(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === null) return [];
  return isList(value) ? value : [value];
}

function renderJoin(value: Value | undefined): string {
  if (!isList(value)) return renderValue(value);
  const [separator, parts] = value;
  return listOf(parts)
    .map(renderValue)
    .join(typeof separator === 'string' ? separator : '');
}

/**
 * A value of a template as a person reads it: `Ref` and `GetAtt` by name, `Sub` with its `${…}`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export function renderValue(value: Value | undefined): string {
  if (value === undefined || value === null) return '';
  if (isList(value)) return value.map(renderValue).join(', ');
  if (!isFields(value)) return String(value);
  const [name, inner] = Object.entries(value)[0] ?? ['', null];
  if (name === 'Ref') return renderValue(inner);
  if (name === 'Fn::GetAtt') return listOf(inner).map(renderValue).join('.');
  if (name === 'Fn::Sub') return renderValue(isList(inner) ? inner[0] : inner);
  if (name === 'Fn::Join') return renderJoin(inner);
  return JSON.stringify(value);
}
