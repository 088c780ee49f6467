import { z } from 'zod';
import { CREATE_REQUEST_CLASS } from './refusal.ts';

/** Kinds of a session or statement, with the names that Livy takes for the same kind. */
const KINDS: Readonly<Record<string, string>> = {
  spark: 'spark',
  scala: 'spark',
  pyspark: 'pyspark',
  python: 'pyspark',
  sparkr: 'sparkr',
  r: 'sparkr',
  shared: 'shared',
  sql: 'sql'
};

/** The kind that a name stands for, or undefined. */
export function kindOf(name: string): string | undefined {
  return Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
}

function fieldError(text: string, field: string): string {
  return `${text} (through reference chain: ${CREATE_REQUEST_CLASS}["${field}"])`;
}

function fail(context: z.RefinementCtx, message: string, status = 400): never {
  context.addIssue({ code: 'custom', message, params: { status } });
  return z.NEVER;
}

function nullPointer(field: string): string {
  return `java.lang.NullPointerException: "${CREATE_REQUEST_CLASS}.${field}()" is null`;
}

const kindSchema = z
  .unknown()
  .optional()
  .transform((value, context): string => {
    if (value === undefined) return 'shared';
    if (value === null) return fail(context, nullPointer('kind'), 500);
    if (typeof value !== 'string')
      return fail(context, fieldError('requirement failed: Kind should be a string.', 'kind'));
    return kindOf(value) ?? fail(context, fieldError(`Invalid kind: ${value}`, 'kind'));
  });

/** Text; a number is taken as its digits, as Livy's JSON mapper does. */
function textField(field: string) {
  return z
    .unknown()
    .optional()
    .transform((value, context): string | null => {
      if (value === undefined || value === null) return null;
      if (typeof value === 'string') return value;
      if (typeof value === 'number' || typeof value === 'boolean') return String(value);
      const text = 'Cannot deserialize value of type `java.lang.String`';
      return fail(context, fieldError(text, field));
    });
}

const JAVA_CLASSES: Readonly<Record<string, string>> = {
  string: 'java.lang.String',
  boolean: 'java.lang.Boolean',
  number: 'java.lang.Double',
  object: 'java.util.LinkedHashMap'
};

/** A whole number, 0 where absent; Livy answers 500 for another type. */
const integerField = z
  .unknown()
  .optional()
  .transform((value, context): number => {
    if (value === undefined || value === null) return 0;
    if (typeof value === 'number' && Number.isInteger(value)) return value;
    const found = JAVA_CLASSES[typeof value] ?? 'java.lang.Object';
    const both = `${found} and java.lang.Integer are in module java.base of loader 'bootstrap'`;
    return fail(
      context,
      `java.lang.ClassCastException: class ${found} cannot be cast to class java.lang.Integer (${both})`,
      500
    );
  });

function listField(field: string) {
  return z
    .unknown()
    .optional()
    .transform((value, context): string[] => {
      if (value === undefined) return [];
      if (value === null) return fail(context, nullPointer(field), 500);
      if (Array.isArray(value) && value.every(item => typeof item === 'string')) return value;
      const text = 'Cannot deserialize value of type `scala.collection.immutable.List`';
      return fail(context, fieldError(text, field));
    });
}

const confSchema = z
  .unknown()
  .optional()
  .transform((value, context): Record<string, string> => {
    if (value === undefined) return {};
    if (value === null) return fail(context, nullPointer('conf'), 500);
    if (typeof value !== 'object' || Array.isArray(value)) return fail(context, notAMap(value));
    const entries = Object.entries(value as Record<string, unknown>);
    const missing = entries.find(([, item]) => item === null);
    if (missing !== undefined)
      return fail(context, `java.lang.NullPointerException: conf "${missing[0]}" is null`, 500);
    return Object.fromEntries(entries.map(([key, item]) => [key, settingText(item)]));
  });

function notAMap(value: unknown): string {
  const type = '`scala.collection.immutable.Map`';
  const text =
    typeof value === 'string'
      ? `Cannot construct instance of ${type} (although at least one Creator exists): no String-argument ` +
        `constructor/factory method to deserialize from String value ('${value}')`
      : `Cannot deserialize value of type ${type}`;
  return fieldError(text, 'conf');
}

function settingText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The 17 fields of `POST /sessions`, with the defaults that the session view shows. */
export const createRequestSchema = z.strictObject({
  kind: kindSchema,
  proxyUser: textField('proxyUser'),
  jars: listField('jars'),
  pyFiles: listField('pyFiles'),
  files: listField('files'),
  archives: listField('archives'),
  driverMemory: textField('driverMemory'),
  driverCores: integerField,
  executorMemory: textField('executorMemory'),
  executorCores: integerField,
  numExecutors: integerField,
  queue: textField('queue'),
  name: textField('name'),
  conf: confSchema,
  heartbeatTimeoutInSecond: integerField,
  ttl: textField('ttl'),
  idleTimeout: textField('idleTimeout')
});
export type CreateRequest = z.infer<typeof createRequestSchema>;
