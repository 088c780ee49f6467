import { z } from 'zod';
import {
  complain,
  integerField,
  listField,
  nullPointer,
  optionalIntegerField,
  settingsField,
  textField
} from '../json/fields.ts';
import { CREATE_REQUEST_CLASS } from '../http/refusal.ts';

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

const kindField = z
  .unknown()
  .optional()
  .transform((value, context): string => {
    if (value === undefined) return 'shared';
    if (value === null)
      return nullPointer(context, 'org.apache.livy.sessions.Kind.toString()', '"kind"');
    if (typeof value !== 'string')
      return complain(context, 'requirement failed: Kind should be a string.', { tells: 'chain' });
    return kindOf(value) ?? complain(context, `Invalid kind: ${value}`, { tells: 'chain' });
  });

/** The 17 fields of `POST /sessions`, in the order in which Livy lists them to who sends another one. */
export const createRequestSchema = z.strictObject({
  executorCores: optionalIntegerField,
  conf: settingsField(CREATE_REQUEST_CLASS),
  driverMemory: textField,
  name: textField,
  driverCores: optionalIntegerField,
  idleTimeout: textField,
  pyFiles: listField,
  archives: listField,
  kind: kindField,
  files: listField,
  jars: listField,
  proxyUser: textField,
  numExecutors: optionalIntegerField,
  heartbeatTimeoutInSecond: integerField,
  ttl: textField,
  queue: textField,
  executorMemory: textField
});
export type CreateRequest = z.infer<typeof createRequestSchema>;
