import { z } from 'zod';

/**
 * Fields of a request as Livy's JSON mapper (Jackson for Scala) reads them: what it turns into what,
 * and its own words for what it refuses. The issues carry {@link FieldComplaint} as `params`.
 */
export interface FieldComplaint {
  /** 500 for what Livy only stumbles over later. */
  readonly status?: 500;
  /** `chain` names the field after the text; `place` says before it where in the body it stands. */
  readonly tells?: 'chain' | 'place';
}

/** Refuses a value of a field. */
export function complain(
  context: z.RefinementCtx,
  message: string,
  complaint: FieldComplaint
): never {
  context.addIssue({ code: 'custom', message, params: { ...complaint } });
  return z.NEVER;
}

/** The failure of Java code that met a `null`. */
export function nullPointer(context: z.RefinementCtx, call: string, because: string): never {
  const text = `java.lang.NullPointerException: Cannot invoke "${call}" because ${because} is null`;
  return complain(context, text, { status: 500 });
}

/** Text; a number or a truth value is taken as it is written. `null` and absence are the same. */
export const textField = z
  .unknown()
  .optional()
  .transform((value, context): string | null =>
    value === undefined || value === null ? null : textOf(value, context)
  );

function textOf(value: unknown, context: z.RefinementCtx): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return wrongType(value, 'java.lang.String', context);
}

function wrongType(value: unknown, type: string, context: z.RefinementCtx): never {
  return complain(context, `Cannot deserialize value of type \`${type}\` from ${found(value)}`, {
    tells: 'place'
  });
}

/** What was found instead, as Jackson says it. */
export function found(value: unknown): string {
  if (Array.isArray(value)) return 'Array value (token `JsonToken.START_ARRAY`)';
  switch (typeof value) {
    case 'object':
      return 'Object value (token `JsonToken.START_OBJECT`)';
    case 'string':
      return 'String value (token `JsonToken.VALUE_STRING`)';
    case 'boolean':
      return `Boolean value (token \`JsonToken.VALUE_${String(value).toUpperCase()}\`)`;
    default:
      return Number.isInteger(value)
        ? 'Integer value (token `JsonToken.VALUE_NUMBER_INT`)'
        : 'Floating-point value (token `JsonToken.VALUE_NUMBER_FLOAT`)';
  }
}

const JAVA_CLASSES: Readonly<Record<string, string>> = {
  string: 'java.lang.String',
  boolean: 'java.lang.Boolean',
  number: 'java.lang.Double',
  object: 'java.util.LinkedHashMap'
};

/** A whole number that may be absent, then 0; Livy notices another type when it is too late for a 400. */
export const optionalIntegerField = z
  .unknown()
  .optional()
  .transform((value, context): number => {
    if (value === undefined || value === null) return 0;
    if (typeof value === 'number' && Number.isInteger(value)) return value;
    const type = JAVA_CLASSES[typeof value] ?? 'java.lang.Object';
    const modules = `${type} and java.lang.Integer are in module java.base of loader 'bootstrap'`;
    const cast = `class ${type} cannot be cast to class java.lang.Integer (${modules})`;
    return complain(context, `java.lang.ClassCastException: ${cast}`, { status: 500 });
  });

/** A whole number, 0 where absent; digits in quotes count, fractions are cut. */
export const integerField = z
  .unknown()
  .optional()
  .transform((value, context): number => {
    if (value === undefined || value === null) return 0;
    if (typeof value === 'number') return Math.trunc(value);
    if (typeof value !== 'string') return wrongType(value, 'int', context);
    if (/^\s*[+-]?\d{1,9}\s*$/.test(value)) return Number(value);
    const text = `Cannot deserialize value of type \`int\` from String "${value}": not a valid \`int\` value`;
    return complain(context, text, { tells: 'place' });
  });

/** A list of texts, empty where absent. */
export const listField = z
  .unknown()
  .optional()
  .transform((value, context): string[] => {
    if (value === undefined) return [];
    if (value === null)
      return nullPointer(context, 'scala.collection.Seq.filter(scala.Function1)', '"uris"');
    if (!Array.isArray(value))
      return wrongType(value, 'scala.collection.immutable.List<java.lang.String>', context);
    return value.map(item => textOf(item, context));
  });

/** Settings by name, empty where absent; `owner` is the class that Livy asks for them. */
export function settingsField(owner: string) {
  return z
    .unknown()
    .optional()
    .transform((value, context): Record<string, string> => {
      if (value === undefined) return {};
      if (value === null)
        return nullPointer(
          context,
          'scala.collection.immutable.Map.nonEmpty()',
          `the return value of "${owner}.conf()"`
        );
      if (typeof value !== 'object' || Array.isArray(value)) return notSettings(value, context);
      return settings(Object.entries(value), context);
    });
}

function notSettings(value: unknown, context: z.RefinementCtx): never {
  const type = 'scala.collection.immutable.Map';
  if (typeof value !== 'string')
    return wrongType(value, `${type}<java.lang.String,java.lang.String>`, context);
  const text =
    `Cannot construct instance of \`${type}\` (although at least one Creator exists): no ` +
    `String-argument constructor/factory method to deserialize from String value ('${value}')`;
  return complain(context, text, { tells: 'place' });
}

function settings(
  entries: readonly (readonly [string, unknown])[],
  context: z.RefinementCtx
): Record<string, string> {
  if (entries.some(([, item]) => item === null))
    return nullPointer(context, 'String.trim()', 'a value of the conf');
  return Object.fromEntries(entries.map(([key, item]) => [key, textOf(item, context)]));
}
