import type { z } from 'zod';
import { Refusal } from '../http/refusal.ts';
import { placeOf, sourceText, type Place } from './fault.ts';
import { found, type FieldComplaint } from './fields.ts';
import { scanJson } from './scanner.ts';

/** A field of a class, as Jackson names it in its complaints. */
interface FieldOf {
  readonly className: string;
  readonly field: string;
}

/** A complaint of Livy's JSON mapper about a place in the body. */
export function mapperError(what: string, place: Place, at?: FieldOf | ''): Refusal {
  return new Refusal(400, `${what}\n at ${sourceText(place)}${at ? chainOf(at) : ''}`);
}

function chainOf({ className, field }: FieldOf): string {
  return ` (through reference chain: ${className}["${field}"])`;
}

/** The refusal of a body that is JSON and no object. */
export function notAnObject(value: unknown, bytes: Buffer, className: string): Refusal {
  if (value === null)
    return new Refusal(500, 'java.lang.NullPointerException: the request is null');
  const place = placeOf(bytes, bytes.toString('latin1').search(/\S/));
  if (Array.isArray(value))
    return mapperError(
      `Cannot deserialize value of type \`${className}\` from ${found(value)}`,
      place
    );
  const [argument, shown] = constructorArgument(value);
  return mapperError(
    `Cannot construct instance of \`${className}\` (although at least one Creator exists): no ` +
      `${argument} (${shown})`,
    place
  );
}

function constructorArgument(value: unknown): readonly [string, string] {
  const from = 'argument constructor/factory method to deserialize from';
  if (typeof value === 'string') return [`String-${from} String value`, `'${value}'`];
  if (typeof value === 'boolean') return [`boolean/Boolean-${from} boolean value`, String(value)];
  const type = Number.isInteger(value) ? 'int/Int' : 'double/Double';
  return [`${type}-${from} Number value`, String(value)];
}

/** A body that was refused by its schema. */
interface Reading {
  readonly schema: z.ZodType;
  readonly bytes: Buffer;
  readonly className: string;
}

/** The refusal that a schema's complaints stand for. What Livy only stumbles over later comes last. */
export function refusalOf(issues: readonly z.core.$ZodIssue[], reading: Reading): Refusal {
  const unknown = issues.find(issue => issue.code === 'unrecognized_keys')?.keys[0];
  if (unknown !== undefined) return unknownField(unknown, reading);
  const issue = issues.find(each => complaintOf(each).tells !== undefined) ?? issues[0];
  if (issue === undefined) return new Refusal(400, 'requirement failed');
  const { tells, status = 400 } = complaintOf(issue);
  const at = { className: reading.className, field: String(issue.path[0]) };
  if (tells === undefined) return new Refusal(status, issue.message);
  if (tells === 'chain') return new Refusal(status, `${issue.message}${chainOf(at)}`);
  const start = scanJson(reading.bytes).fields.get(at.field)?.start ?? 0;
  return mapperError(issue.message, placeOf(reading.bytes, start), at);
}

function complaintOf(issue: z.core.$ZodIssue): FieldComplaint {
  return issue.code === 'custom' ? ((issue.params ?? {}) as FieldComplaint) : {};
}

function unknownField(field: string, { schema, bytes, className }: Reading): Refusal {
  const known = 'shape' in schema ? Object.keys(schema.shape as object) : [];
  const names = known.map(name => `"${name}"`).join(', ');
  const read = scanJson(bytes).fields.get(field)?.read ?? 0;
  return mapperError(
    `Unrecognized field "${field}" (class ${className}), not marked as ignorable ` +
      `(${known.length} known properties: ${names}])`,
    placeOf(bytes, read),
    { className, field }
  );
}
