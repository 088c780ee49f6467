import { textIn } from './checked.ts';
import type { Member, Shape } from './shapes.ts';

/**
 * Reads a form of the query protocols. `ec2` has flat lists and capital names.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 * https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
export type QueryDialect = 'query' | 'ec2';

export function fromForm(form: URLSearchParams, shape: Shape, dialect: QueryDialect): unknown {
  return read({ names: [...form.keys()], get: name => form.get(name), dialect }, shape, '') ?? {};
}

interface Form {
  readonly names: readonly string[];
  readonly get: (name: string) => string | null;
  readonly dialect: QueryDialect;
}

function read(form: Form, shape: Shape, at: string): unknown {
  switch (shape.kind) {
    case 'structure':
      return structure(form, shape, at);
    case 'list':
      return list(form, shape, at);
    case 'map':
      return map(form, shape, at);
    default:
      return simple(shape, form.get(at));
  }
}

const has = (form: Form, at: string): boolean =>
  form.names.some(name => name === at || name.startsWith(`${at}.`));

function structure(form: Form, shape: Shape, at: string): unknown {
  const held = shape.members().flatMap(member => {
    const name = nameOf(form.dialect, member);
    const value = read(form, member.shape, at === '' ? name : `${at}.${name}`);
    return value === undefined ? [] : [[member.name, value] as const];
  });
  return held.length === 0 && at !== '' ? undefined : Object.fromEntries(held);
}

function nameOf(dialect: QueryDialect, { name, traits }: Member): string {
  const xml = textIn(traits['xmlName'], name);
  if (dialect === 'query') return xml;
  return textIn(traits['ec2QueryName'], xml.charAt(0).toUpperCase() + xml.slice(1));
}

function list(form: Form, shape: Shape, at: string): unknown {
  // An empty list is sent as its name alone.
  if (form.get(at) === '') return [];
  const flat = form.dialect === 'ec2' || shape.traits['xmlFlattened'] !== undefined;
  const item = shape.item();
  const base = flat ? at : `${at}.${textIn(item.traits['xmlName'], 'member')}`;
  const values: unknown[] = [];
  while (has(form, `${base}.${values.length + 1}`)) {
    values.push(read(form, item, `${base}.${values.length + 1}`));
  }
  return values.length === 0 ? undefined : values;
}

function map(form: Form, shape: Shape, at: string): unknown {
  const base = shape.traits['xmlFlattened'] === undefined ? `${at}.entry` : at;
  const held: Record<string, unknown> = {};
  for (let index = 1; has(form, `${base}.${index}`); index += 1) {
    const key = form.get(`${base}.${index}.key`) ?? '';
    held[key] = read(form, shape.item(), `${base}.${index}.value`);
  }
  return Object.keys(held).length === 0 ? undefined : held;
}

function simple(shape: Shape, text: string | null): unknown {
  if (text === null) return undefined;
  if (shape.kind === 'number') return Number(text);
  if (shape.kind === 'boolean') return text === 'true';
  if (shape.kind === 'timestamp') return new Date(text);
  return text;
}
