import assert from 'node:assert/strict';
import type { Value } from '../../src/runtime/aws/template/types.ts';
import { fieldsOf, isFields, listOf } from '../runtime/aws/template/walk.ts';

/** What a template's names stand for: resources by logical id, parameters, and pseudo parameters. */
export type Names = Readonly<Record<string, string>>;

/** Attributes that follow from the identity of a resource. */
function attributeOf(id: string, name: string, names: Names): string {
  const physical = names[id];
  assert.ok(physical !== undefined, `moto made no ${id}`);
  if (name === 'GroupId' || name === 'AllocationId') return physical;
  assert.equal(`${id}.${name}`, 'Bucket.Arn', 'an attribute that the test does not know');
  return `arn:aws:s3:::${physical}`;
}

/** A value with its intrinsic functions worked out, those that {@link Names} suffices for. */
export function resolveValue(value: Value, names: Names): Value {
  if (Array.isArray(value)) return (value as readonly Value[]).map(one => resolveValue(one, names));
  if (!isFields(value)) return value;
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Join': join, 'Fn::Select': select } = value;
  if (typeof ref === 'string') {
    assert.ok(names[ref] !== undefined, `nothing is known of ${ref}`);
    return names[ref];
  }
  if (attribute !== undefined) {
    const [id, name] = listOf(attribute);
    return attributeOf(String(id), String(name), names);
  }
  if (join !== undefined) {
    const [separator, parts] = listOf(join);
    return listOf(resolveValue(parts ?? [], names))
      .map(String)
      .join(String(separator));
  }
  if (select !== undefined) {
    const [index, list] = listOf(select);
    return String(resolveValue(list ?? '', names)).split(',')[Number(index)] ?? '';
  }
  return Object.fromEntries(
    Object.entries(fieldsOf(value)).map(([name, one]) => [name, resolveValue(one, names)])
  );
}
