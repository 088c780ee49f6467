import { z } from 'zod';
import type { MagicDefinition } from '../contract.ts';

/** One argument of a magic, as help, completion and the parser see it. */
export interface Field {
  /** Key in the parsed arguments. */
  readonly key: string;
  /** `--until-rows` for the key `untilRows`. */
  readonly flag: string;
  /** `-f`, or null for most. */
  readonly alias: string | null;
  readonly type: 'boolean' | 'number' | 'text';
  /** May be given more than once; the values come as a list. */
  readonly repeated: boolean;
  readonly required: boolean;
  /** Closed list of values, empty where any value may be given. */
  readonly choices: readonly string[];
  /** The default as a person would write it; null where there is none. */
  readonly fallback: string | null;
  readonly help: string;
  /** Written without a flag. */
  readonly positional: boolean;
  /** Takes all remaining words, or the raw rest of the line. */
  readonly rest: boolean;
}

const propertySchema = z.object({
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  items: z.object({ type: z.string().optional(), enum: z.array(z.string()).optional() }).optional(),
  default: z.unknown().optional(),
  description: z.string().optional()
});
const objectSchema = z.object({
  properties: z.record(z.string(), propertySchema).default({}),
  required: z.array(z.string()).default([])
});

/** The arguments of a magic in the order of their definition, read from its schema. */
export function fieldsOf(magic: MagicDefinition): readonly Field[] {
  const schema = objectSchema.parse(z.toJSONSchema(magic.args, { io: 'input' }));
  const words = positionalKeys(magic);
  return Object.entries(schema.properties).map(([key, property]) => ({
    key,
    flag: flagOf(key),
    alias: aliasOf(magic, key),
    type: typeOf(property.items?.type ?? property.type),
    repeated: property.type === 'array',
    required: schema.required.includes(key),
    choices: property.enum ?? property.items?.enum ?? [],
    fallback: fallbackOf(property.default),
    help: property.description ?? '',
    positional: words.has(key),
    rest: words.get(key) ?? false
  }));
}

/** Keys written without a flag; the value says whether the key takes the rest. */
function positionalKeys(magic: MagicDefinition): ReadonlyMap<string, boolean> {
  const words = (magic.positional ?? []).map(
    name => [name.replace(/\.\.\.$/, ''), name.endsWith('...')] as const
  );
  return new Map(magic.raw === undefined ? words : [...words, [magic.raw, true]]);
}

function aliasOf({ aliases = {} }: MagicDefinition, key: string): string | null {
  const letter = Object.keys(aliases).find(each => aliases[each] === key);
  return letter === undefined ? null : `-${letter}`;
}

/** How a message names an argument: `--rate`, or `NAME` for one without a flag. */
export function labelOf(field: Field): string {
  return field.positional ? field.key.toUpperCase() : field.flag;
}

/** `untilRows` as `--until-rows`. */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}

function typeOf(type: string | undefined): Field['type'] {
  if (type === 'boolean') return 'boolean';
  return type === 'number' || type === 'integer' ? 'number' : 'text';
}

function fallbackOf(value: unknown): string | null {
  if (typeof value === 'number') return value.toLocaleString('en');
  return typeof value === 'string' && value !== '' ? value : null;
}
