import { isRecord, textIn } from './checked.ts';
import type { Member, Shape, TimestampFormat } from './shapes.ts';

/** Name of a member in a body: restJson1 has its own, JSON 1.1 has that of the model. */
export type NameOf = (member: Member) => string;

export const jsonName: NameOf = ({ name, traits }) => textIn(traits['jsonName'], name);
export const modelName: NameOf = ({ name }) => name;

/** What JSON.stringify then writes. Absent members stay absent. */
export function toJson(shape: Shape, value: unknown, nameOf: NameOf): unknown {
  if (value === undefined || value === null) return undefined;
  switch (shape.kind) {
    case 'structure':
      return structureToJson(shape.members(), value, nameOf);
    case 'list':
      return (value as readonly unknown[]).map(item => toJson(shape.item(), item, nameOf));
    case 'map':
      return mapped(value, item => toJson(shape.item(), item, nameOf));
    case 'timestamp':
      return timestampOut(value as Date, shape.format ?? 'epoch-seconds');
    case 'blob':
      return Buffer.from(value as Uint8Array).toString('base64');
    default:
      return value;
  }
}

/** The given members of a structure only: the others travel in headers. */
export function structureToJson(
  members: readonly Member[],
  value: unknown,
  nameOf: NameOf
): Readonly<Record<string, unknown>> {
  const held = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    members.map(member => [nameOf(member), toJson(member.shape, held[member.name], nameOf)])
  );
}

/** The values of a body as the model means them; what the model does not know is left out. */
export function fromJson(shape: Shape, value: unknown, nameOf: NameOf): unknown {
  if (value === undefined || value === null) return undefined;
  switch (shape.kind) {
    case 'structure':
      return structureFromJson(shape.members(), value, nameOf);
    case 'list':
      return (value as readonly unknown[]).map(item => fromJson(shape.item(), item, nameOf));
    case 'map':
      return mapped(value, item => fromJson(shape.item(), item, nameOf));
    case 'timestamp':
      return new Date(typeof value === 'number' ? value * 1000 : textIn(value));
    case 'blob':
      return new Uint8Array(Buffer.from(textIn(value), 'base64'));
    default:
      return value;
  }
}

export function structureFromJson(
  members: readonly Member[],
  value: unknown,
  nameOf: NameOf
): Readonly<Record<string, unknown>> {
  const held = isRecord(value) ? value : {};
  return Object.fromEntries(
    members.flatMap(member => {
      const inner = fromJson(member.shape, held[nameOf(member)], nameOf);
      return inner === undefined ? [] : [[member.name, inner]];
    })
  );
}

export function timestampOut(date: Date, format: TimestampFormat): string | number {
  if (format === 'date-time') return date.toISOString();
  if (format === 'http-date') return date.toUTCString();
  return date.getTime() / 1000;
}

const mapped = (value: unknown, each: (item: unknown) => unknown): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value as Record<string, unknown>).map(([key, item]) => [key, each(item)])
  );
