import type { Resource, Template, Value } from './types.ts';

/** Resources by logical id. */
export type Resources = Readonly<Record<string, Resource>>;
export type Outputs = NonNullable<Template['Outputs']>;

/** What a part adds to a template. */
export interface Fragment {
  readonly resources: Resources;
  readonly outputs: Outputs;
  /** Outputs of earlier layers that it refers to, by that name. */
  readonly inputs: readonly string[];
}

/** The identity of a resource, or the value of a parameter. */
export function ref(name: string): Value {
  return { Ref: name };
}

export function attribute(logicalId: string, name: string): Value {
  return { 'Fn::GetAtt': [logicalId, name] };
}

export function join(separator: string, parts: readonly Value[]): Value {
  return { 'Fn::Join': [separator, parts] };
}

export function text(...parts: readonly Value[]): Value {
  return join('', parts);
}

/** One of a list, from 0 on. */
export function pick(index: number, list: Value): Value {
  return { 'Fn::Select': [index, list] };
}

/** A policy, a document or a script in base64, as instances take it. */
export function base64(value: Value): Value {
  return { 'Fn::Base64': value };
}

/** Two fragments as one. */
export function merge(one: Fragment, other: Fragment): Fragment {
  return {
    resources: { ...one.resources, ...other.resources },
    outputs: { ...one.outputs, ...other.outputs },
    inputs: [...new Set([...one.inputs, ...other.inputs])]
  };
}
