import type { Shape } from './shapes.ts';

/**
 * Says what is wrong with an answer before it goes out: a member that the shape lacks, a required one
 * that is missing, a value of another type. Null where all is well.
 */
export function mistakeIn(shape: Shape, value: unknown, path = shape.name): string | null {
  switch (shape.kind) {
    case 'structure':
      return inStructure(shape, value, path);
    case 'list':
      if (!Array.isArray(value)) return `${path} is not a list`;
      return first(value.map((item, index) => mistakeIn(shape.item(), item, `${path}[${index}]`)));
    case 'map':
      if (!isRecord(value)) return `${path} is not a map`;
      return first(
        Object.entries(value).map(([key, item]) => mistakeIn(shape.item(), item, `${path}.${key}`))
      );
    default:
      return isSimple(shape, value) ? null : `${path} is not a ${shape.kind}`;
  }
}

function inStructure(shape: Shape, value: unknown, path: string): string | null {
  if (!isRecord(value)) return `${path} is not a structure`;
  const members = shape.members();
  const foreign = Object.keys(value).find(name => !members.some(member => member.name === name));
  if (foreign !== undefined) return `${path} has no member ${foreign}`;
  return first(
    members.map(({ name, shape: inner, required }) => {
      const held = value[name];
      if (held === undefined) return required ? `${path}.${name} is required` : null;
      return mistakeIn(inner, held, `${path}.${name}`);
    })
  );
}

function isSimple(shape: Shape, value: unknown): boolean {
  switch (shape.kind) {
    case 'timestamp':
      return value instanceof Date && !Number.isNaN(value.getTime());
    case 'blob':
      return value instanceof Uint8Array;
    case 'document':
    case 'unit':
      return true;
    default:
      return typeof value === shape.kind;
  }
}

const first = (mistakes: readonly (string | null)[]): string | null =>
  mistakes.find(mistake => mistake !== null) ?? null;

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text, or a number or truth as one; anything else is the fallback. */
export function textIn(value: unknown, fallback = ''): string {
  const isText = ['string', 'number', 'boolean'].includes(typeof value);
  return isText ? String(value) : fallback;
}
