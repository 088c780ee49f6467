import { z } from 'zod';

const oneOrMore = z
  .union([z.string(), z.array(z.string()).min(1)])
  .transform(value => (typeof value === 'string' ? [value] : value));

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export const policySchema = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z.array(
    z.strictObject({
      Sid: z.string().regex(/^[A-Za-z0-9]+$/),
      Effect: z.literal('Allow'),
      Action: oneOrMore,
      Resource: oneOrMore,
      Condition: z.record(z.string(), z.record(z.string(), oneOrMore)).optional()
    })
  )
});
export type PolicyDocument = z.infer<typeof policySchema>;
export type PolicyStatement = PolicyDocument['Statement'][number];

/** A call to AWS as IAM sees it. */
export interface IamCall {
  readonly action: string;
  readonly resource: string;
  /** Condition keys with their values; a key that the call does not have is left out. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

type Context = IamCall['context'];

/** Variables of policies, such as `${aws:userid}`, by what the call has for them. */
function filled(pattern: string, context: Context): string {
  return pattern.replace(/\$\{([^}]+)\}/g, (whole, name: string) =>
    String([context?.[name] ?? whole].flat()[0])
  );
}

/** Whether `text` fits a pattern with `*`, as in resources and in StringLike. */
function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split('*').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}

type Operator = (found: readonly string[], wanted: readonly string[]) => boolean;

/** The operators that the policy uses; another one is an error of the test, not an allowance. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: (found, wanted) => found.length === 1 && wanted.includes(found[0] ?? ''),
  StringLike: (found, wanted) =>
    found.length === 1 && wanted.some(pattern => isLike(found[0] ?? '', pattern)),
  ArnEquals: (found, wanted) =>
    found.length === 1 && wanted.some(pattern => isLike(found[0] ?? '', pattern)),
  'ForAnyValue:StringEquals': (found, wanted) => found.some(value => wanted.includes(value)),
  Null: (found, wanted) => wanted.includes(String(found.length === 0))
};

function holds(condition: PolicyStatement['Condition'], context: Context): boolean {
  return Object.entries(condition ?? {}).every(([name, keys]) => {
    const operator = OPERATORS[name];
    if (operator === undefined) throw new Error(`The test does not know the operator ${name}`);
    return Object.entries(keys).every(([key, wanted]) =>
      operator([context?.[key] ?? []].flat(), wanted)
    );
  });
}

/** The statements that allow a call. */
export function allowing(
  policy: PolicyDocument,
  { action, resource, context }: IamCall
): readonly PolicyStatement[] {
  return policy.Statement.filter(
    ({ Action, Resource, Condition }) =>
      Action.includes(action) &&
      Resource.some(pattern => isLike(resource, filled(pattern, context))) &&
      holds(Condition, context)
  );
}

/** Whether the policy allows a call; it has no denials and no wildcards in actions. */
export function allows(policy: PolicyDocument, call: IamCall): boolean {
  return allowing(policy, call).length > 0;
}
