import type { z } from 'zod';
import { HeadraceError } from '../../shared/errors.ts';
import type { MagicDefinition } from '../contract.ts';
import { fieldsOf, labelOf } from './fields.ts';
import { nearest } from './nearest.ts';
import { titleOf } from './title.ts';

const TYPE_NAMES: Readonly<Record<string, string>> = {
  int: 'a whole number',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  string: 'a text'
};

type Issue = z.core.$ZodIssue;

/**
 * The arguments by the schema of the magic, with its defaults.
 *
 * @throws HR_USAGE that names the first wrong argument, its value, and what it must be
 */
export function validate(
  magic: MagicDefinition,
  given: Readonly<Record<string, unknown>>
): Readonly<Record<string, unknown>> {
  const result = magic.args.safeParse(given);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const key = String(issue?.path[0] ?? '');
  const field = fieldsOf(magic).find(each => each.key === key);
  const label = field === undefined ? key : labelOf(field);
  const title = titleOf(magic);
  const value = given[key];
  const what =
    issue === undefined || (value === undefined && issue.code !== 'custom')
      ? `needs ${label}`
      : `cannot use ${label} ${textOf(value, issue)}: it ${requirement(issue, value)}`;
  throw new HeadraceError('HR_USAGE', `${title} ${what}`, { next: `See ${title} --help.` });
}

function textOf(value: unknown, issue: Issue): string {
  const index = issue.path[1];
  const one = Array.isArray(value) && typeof index === 'number' ? (value[index] as unknown) : value;
  return typeof one === 'string' ? (one === '' ? '""' : one) : JSON.stringify(one);
}

/** What the value must be, as a clause that starts with a verb. */
export function requirement(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'too_small':
      return `must be ${issue.inclusive === false ? 'above' : 'at least'} ${format(issue.minimum)}`;
    case 'too_big':
      return `must be ${issue.inclusive === false ? 'below' : 'at most'} ${format(issue.maximum)}`;
    case 'invalid_type':
      return `must be ${TYPE_NAMES[issue.expected] ?? `a ${issue.expected}`}`;
    case 'invalid_value':
      return choices(issue.values.map(String), String(value));
    default:
      return issue.message;
  }
}

function choices(values: readonly string[], given: string): string {
  const best = nearest(given, values);
  return `must be one of ${values.join(', ')}${best === null ? '' : `; perhaps ${best}`}`;
}

function format(limit: number | bigint): string {
  return limit.toLocaleString('en');
}
