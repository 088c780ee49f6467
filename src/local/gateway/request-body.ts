import type { z } from 'zod';
import { mapperError, notANumber, Refusal, unknownField } from './refusal.ts';

const FORM = 'application/x-www-form-urlencoded';

/** The JSON value of a request body, whatever its content type says, as Livy does; refuses what is no JSON. */
export function jsonBody(body: unknown, contentType: string | undefined): unknown {
  const text = typeof body === 'string' && !contentType?.startsWith(FORM) ? body : '';
  if (text.trim() === '') throw mapperError('No content to map due to end-of-input', 1, 0);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw syntaxError(text);
  }
}

function syntaxError(text: string): Refusal {
  const word = /^\s*([A-Za-z_$][\w$]*)/.exec(text)?.[1];
  if (word !== undefined) {
    const expected = 'JSON String, Number, Array, Object or token';
    return mapperError(
      `Unrecognized token '${word}': was expecting (${expected} 'null', 'true' or 'false')`,
      1,
      text.indexOf(word) + word.length + 1
    );
  }
  const lines = text.split('\n');
  const column = (lines.at(-1)?.length ?? 0) + 1;
  return mapperError('Unexpected end-of-input within/between Object entries', lines.length, column);
}

/**
 * Checks a body against a schema whose messages are Livy's own texts; an issue's `params.status` is the
 * status when it is not 400.
 */
export function checkedBody<T>(schema: z.ZodType<T>, value: unknown, className: string): T {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw notAnObject(value, className);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refusalOf(parsed.error.issues, schema, className);
}

function notAnObject(value: unknown, className: string): Refusal {
  const [kind, token] = Array.isArray(value)
    ? ['Array value', 'START_ARRAY']
    : [`${typeof value} value`, 'VALUE'];
  return mapperError(
    `Cannot deserialize value of type \`${className}\` from ${kind} (token \`JsonToken.${token}\`)`,
    1,
    1
  );
}

function refusalOf(
  issues: readonly z.core.$ZodIssue[],
  schema: z.ZodType,
  className: string
): Refusal {
  const unknown = issues.find(issue => issue.code === 'unrecognized_keys');
  if (unknown !== undefined)
    return unknownField(unknown.keys[0] ?? '', className, knownFields(schema));
  const first = issues[0];
  if (first === undefined) return new Refusal(400, 'requirement failed');
  const status = first.code === 'custom' ? (first.params?.['status'] as unknown) : undefined;
  return new Refusal(typeof status === 'number' ? status : 400, first.message);
}

function knownFields(schema: z.ZodType): string[] {
  return 'shape' in schema ? Object.keys(schema.shape as object) : [];
}

/** An integer of the query string, or the given value where it is absent. */
export function integerParameter(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^[+-]?\d{1,10}$/.test(text)) throw notANumber(text);
  return Number(text);
}
