import { isRecord } from '../wire/checked.ts';
import { attributeOf, invalid } from './template.ts';

/** What the functions of a template are resolved with. */
export interface Scope {
  ref(name: string): unknown;
  attribute(logicalId: string, name: string): string;
  condition(name: string): boolean;
  mapping(names: readonly string[]): unknown;
  readonly zones: readonly string[];
}

/** What `AWS::NoValue` is: the property is not there. */
export const NO_VALUE = Symbol('AWS::NoValue');

type Evaluate = (argument: unknown, scope: Scope) => unknown;

const list = (value: unknown, scope: Scope): readonly unknown[] => {
  const resolved = resolve(value, scope);
  if (Array.isArray(resolved)) return resolved;
  throw invalid('Template error: every function with a list takes a list.');
};
const text = (value: unknown, scope: Scope): string => String(resolve(value, scope));

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
const FUNCTIONS: Readonly<Record<string, Evaluate>> = {
  Ref: (name, scope) => scope.ref(String(name)),
  'Fn::GetAtt': (value, scope) => {
    const { to, attribute } = attributeOf(value);
    return scope.attribute(to, attribute);
  },
  'Fn::Sub': substitute,
  'Fn::Join': (value, scope) => {
    const [sign, parts] = value as readonly [string, unknown];
    return list(parts, scope).map(String).join(sign);
  },
  'Fn::Select': (value, scope) => {
    const [index, parts] = value as readonly [unknown, unknown];
    return list(parts, scope)[Number(text(index, scope))];
  },
  'Fn::Split': (value, scope) => {
    const [sign, whole] = value as readonly [string, unknown];
    return text(whole, scope).split(sign);
  },
  'Fn::GetAZs': (_, scope) => scope.zones,
  'Fn::Base64': (value, scope) => Buffer.from(text(value, scope)).toString('base64'),
  'Fn::Cidr': (value, scope) => {
    const [block, count, bits] = list(value, scope);
    return cidrs(String(block), Number(count), Number(bits));
  },
  'Fn::FindInMap': (value, scope) => scope.mapping(list(value, scope).map(String)),
  'Fn::If': (value, scope) => {
    const [name, yes, no] = value as readonly [string, unknown, unknown];
    return resolve(scope.condition(name) ? yes : no, scope);
  },
  'Fn::Equals': (value, scope) => {
    const [one, other] = list(value, scope);
    return String(one) === String(other);
  },
  'Fn::And': (value, scope) => list(value, scope).every(Boolean),
  'Fn::Or': (value, scope) => list(value, scope).some(Boolean),
  'Fn::Not': (value, scope) => !list(value, scope)[0],
  Condition: (name, scope) => scope.condition(String(name))
};

export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map(each => resolve(each, scope)).filter(each => each !== NO_VALUE);
  }
  if (!isRecord(value)) return value;
  const [only, ...others] = Object.keys(value);
  const evaluate = only === undefined || others.length > 0 ? undefined : FUNCTIONS[only];
  if (evaluate !== undefined && only !== undefined && isFunction(only, value[only])) {
    return evaluate(value[only], scope);
  }
  if (only?.startsWith('Fn::')) throw invalid(`Template error: ${only} is not supported.`);
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, each]) => [name, resolve(each, scope)] as const)
      .filter(([, each]) => each !== NO_VALUE)
  );
}

/** A policy has `Condition` blocks, which are objects; the function takes a name. */
const isFunction = (name: string, argument: unknown): boolean =>
  name !== 'Condition' || typeof argument === 'string';

function substitute(value: unknown, scope: Scope): string {
  const [whole, own] = Array.isArray(value) ? (value as readonly unknown[]) : [value, {}];
  const names = isRecord(own) ? own : {};
  return String(whole).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    if (name in names) return text(names[name], scope);
    if (!name.includes('.')) return String(scope.ref(name));
    const { to, attribute } = attributeOf(name);
    return scope.attribute(to, attribute);
  });
}

function cidrs(block: string, count: number, bits: number): readonly string[] {
  const [address = ''] = block.split('/');
  const base = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return Array.from({ length: count }, (_, index) => {
    const start = base + index * 2 ** bits;
    const parts = [24, 16, 8, 0].map(shift => Math.floor(start / 2 ** shift) % 256);
    return `${parts.join('.')}/${32 - bits}`;
  });
}
