import { z } from 'zod';
import { sessionResourcesSchema } from '../../runtime/dependencies/resources.ts';
import { HeadraceError } from '../../shared/errors.ts';
import { suggestion } from '../parser/nearest.ts';
import { requirement } from '../parser/validate.ts';

const TITLE = '%%configure';

/**
 * The body of a session request of Livy, as sparkmagic's `%%configure` sends it;
 * https://livy.apache.org/docs/latest/rest-api.html#post-sessions
 */
export const sessionRequestSchema = sessionResourcesSchema
  .extend({
    kind: z.enum(['spark', 'pyspark', 'sql', 'shared']).exactOptional(),
    name: z.string().exactOptional(),
    conf: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).exactOptional()
  })
  .strict();
export type SessionRequestBody = z.infer<typeof sessionRequestSchema>;

/**
 * Reads the JSON of `%%configure`.
 *
 * @throws HR_USAGE with the place of a mistake in the JSON, the nearest name of an unknown field, or what a
 *   value must be
 */
export function readSessionRequest(text: string): SessionRequestBody {
  const given = parseJson(text);
  const result = sessionRequestSchema.safeParse(given);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw issue === undefined ? refuse('has JSON of an unknown form') : explain(issue, given);
}

function explain(issue: z.core.$ZodIssue, given: unknown): HeadraceError {
  const fields = Object.keys(sessionRequestSchema.shape);
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return refuse(`does not know the field "${key}"`, suggestion(key, fields));
  }
  if (issue.path.length === 0) return refuse('needs one JSON object', EXAMPLE);
  const value = issue.path.reduce<unknown>(member, given);
  const what =
    issue.code === 'invalid_union'
      ? 'must be a text, a number or true or false'
      : requirement(issue, value);
  return refuse(`cannot use "${issue.path.join('.')}": it ${what}`);
}

function member(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function parseJson(text: string): unknown {
  if (text.trim() === '') throw refuse('has no JSON', EXAMPLE);
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw refuse(
      `cannot read the JSON${placeOf(message, text)}`,
      'Names and texts stand in double quotes.'
    );
  }
}

const EXAMPLE = 'Write for example {"driverMemory": "1g"} below it.';

/** Line and column from the position that V8 names in its message. */
function placeOf(message: string, text: string): string {
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position === undefined) return /end of JSON/.test(message) ? ': it ends too early' : '';
  const before = text.slice(0, Number(position)).split('\n');
  return ` at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

function refuse(what: string, next = `See ${TITLE} --help.`): HeadraceError {
  return new HeadraceError('HR_USAGE', `${TITLE} ${what}`, { next });
}
