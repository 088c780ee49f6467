import { z } from 'zod';
import type { Stack, StackResource } from './stack.ts';
import { invalid } from './template.ts';

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform(value => [value].flat());
const schema = z.strictObject({
  Statement: z.array(
    z.strictObject({
      Effect: z.enum(['Allow', 'Deny']),
      Principal: z.literal('*'),
      Action: oneOrMore,
      Resource: oneOrMore,
      Condition: z
        .strictObject({ StringEquals: z.strictObject({ ResourceType: oneOrMore }) })
        .optional()
    })
  )
});
type StackPolicy = z.infer<typeof schema>;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html */
export function readPolicy(body: string): StackPolicy {
  const found = schema.safeParse(JSON.parse(body));
  if (found.success) return found.data;
  throw invalid(`Error validating stack policy: ${found.error.message}`);
}

export type UpdateAction = 'Update:Modify' | 'Update:Replace' | 'Update:Delete';

/** Why the policy of a stack does not let an update do that to a resource; null where it does. */
export function policyRefusal(
  { policy }: Stack,
  { logicalId, type }: StackResource,
  action: UpdateAction
): string | null {
  if (policy === null) return null;
  const which = readPolicy(policy).Statement.filter(
    ({ Action, Resource, Condition }) =>
      Action.some(pattern => fits(action, pattern)) &&
      Resource.some(pattern => fits(`LogicalResourceId/${logicalId}`, pattern)) &&
      (Condition === undefined || Condition.StringEquals.ResourceType.includes(type))
  );
  const allowed =
    which.some(({ Effect }) => Effect === 'Allow') &&
    !which.some(({ Effect }) => Effect === 'Deny');
  return allowed
    ? null
    : `Action denied by stack policy: Statement does not allow [${action}] for resource [LogicalResourceId/${logicalId}]`;
}

const fits = (text: string, pattern: string): boolean =>
  pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
