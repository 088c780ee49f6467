/**
 * Reads the schemas that each client of the SDK carries (version 3.900 and later), so that the server
 * speaks and checks the same shapes. The numbers are those of `@smithy/types`, `schema/sentinels`.
 * https://smithy.io/2.0/spec/index.html
 */
export type Traits = Readonly<Record<string, unknown>>;

export type ShapeKind =
  | 'structure'
  | 'list'
  | 'map'
  | 'string'
  | 'number'
  | 'boolean'
  | 'timestamp'
  | 'blob'
  | 'document'
  | 'unit';

export type TimestampFormat = 'date-time' | 'http-date' | 'epoch-seconds';

export interface Shape {
  readonly kind: ShapeKind;
  readonly name: string;
  readonly traits: Traits;
  /** Of a timestamp that does not follow the protocol's own format. */
  readonly format: TimestampFormat | null;
  /** Of a structure. */
  members(): readonly Member[];
  /** Of a list or of the values of a map. */
  item(): Shape;
}

export interface Member {
  readonly name: string;
  readonly shape: Shape;
  /** Those of the member and, beneath, those of its shape. */
  readonly traits: Traits;
  readonly required: boolean;
}

export interface Operation {
  readonly name: string;
  readonly traits: Traits;
  readonly input: Shape;
  readonly output: Shape;
}

const FLAGS = [
  'httpLabel',
  'idempotent',
  'idempotencyToken',
  'sensitive',
  'httpPayload',
  'httpResponseCode',
  'httpQueryParams'
];

/** All operations that a package of the SDK exports. */
export function operationsOf(sdk: object): readonly Operation[] {
  return Object.values(sdk).filter(isOperation).map(operationOf);
}

const isOperation = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value[0] === 9;

function operationOf(schema: readonly unknown[]): Operation {
  return {
    name: String(schema[2]),
    traits: traitsOf(schema[3]),
    input: shapeOf(schema[4]),
    output: shapeOf(schema[5])
  };
}

function traitsOf(value: unknown): Traits {
  if (typeof value === 'object' && value !== null) return value as Traits;
  const bits = Number(value ?? 0);
  return Object.fromEntries(FLAGS.flatMap((name, bit) => ((bits >> bit) & 1 ? [[name, 1]] : [])));
}

/** A schema, perhaps behind a function, perhaps with the traits of a member. */
export function shapeOf(given: unknown): Shape {
  const schema: unknown = typeof given === 'function' ? (given as () => unknown)() : given;
  if (schema === 'unit') return simple('unit', 'Unit');
  if (typeof schema === 'number') return numbered(schema);
  if (!Array.isArray(schema)) throw new Error(`not a schema: ${JSON.stringify(given)}`);
  if (schema.length === 2) return withTraits(shapeOf(schema[0]), traitsOf(schema[1]));
  return named(schema);
}

const withTraits = (shape: Shape, traits: Traits): Shape => ({
  ...shape,
  traits: { ...shape.traits, ...traits }
});

function named(schema: readonly unknown[]): Shape {
  const [type, , name, traits] = schema;
  const base = { name: String(name), traits: traitsOf(traits) };
  if (type === 0) return { ...shapeOf(schema[4]), ...base };
  if (type === 1)
    return { ...simple('list', base.name), ...base, item: once(() => shapeOf(schema[4])) };
  if (type === 2)
    return { ...simple('map', base.name), ...base, item: once(() => shapeOf(schema[5])) };
  return { ...simple('structure', base.name), ...base, members: once(() => membersOf(schema)) };
}

/** The result of the first call: a schema is read as often as calls come in, and never changes. */
function once<Result>(read: () => Result): () => Result {
  let kept: { readonly result: Result } | null = null;
  return () => (kept ??= { result: read() }).result;
}

function membersOf(schema: readonly unknown[]): readonly Member[] {
  const names = schema[4] as readonly string[];
  const types = schema[5] as readonly unknown[];
  // The required members come first; an event or a union has none.
  const required = Number(schema[6] ?? 0);
  return names.map((name, index) => {
    const shape = shapeOf(types[index]);
    return { name, shape, traits: shape.traits, required: index < required };
  });
}

const SIMPLE: Readonly<Record<number, ShapeKind>> = {
  0: 'string',
  1: 'number',
  2: 'boolean',
  4: 'timestamp',
  5: 'timestamp',
  6: 'timestamp',
  7: 'timestamp',
  15: 'document',
  17: 'number',
  19: 'number',
  21: 'blob',
  42: 'blob'
};
const FORMATS: Readonly<Record<number, TimestampFormat>> = {
  5: 'date-time',
  6: 'http-date',
  7: 'epoch-seconds'
};

function numbered(code: number): Shape {
  if (code >= 128) return { ...simple('map', 'Map'), item: () => numbered(code & 63) };
  if (code >= 64) return { ...simple('list', 'List'), item: () => numbered(code & 63) };
  const kind = SIMPLE[code];
  if (kind === undefined) throw new Error(`an unknown simple schema: ${code}`);
  return { ...simple(kind, kind), format: FORMATS[code] ?? null };
}

const simple = (kind: ShapeKind, name: string): Shape => ({
  kind,
  name,
  traits: {},
  format: null,
  members: () => [],
  item: () => {
    throw new Error(`${name} has no items`);
  }
});
