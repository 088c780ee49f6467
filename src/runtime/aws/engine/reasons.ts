import { POLICY_DOCUMENT } from '../control/errors.ts';

/** Why CloudFormation could not make or delete a resource, for a person. */
export interface Reason {
  /** One clause without a full stop and without the identities of requests. */
  readonly why: string;
  /** What to do about it; null where it is not known. */
  readonly next: string | null;
}

/** Hints by what the handler of the resource or its service says. First match wins. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /not authorized to perform|AccessDenied|UnauthorizedOperation/i,
    `Have that action added to the policy of the role you use; the whole one is ${POLICY_DOCUMENT}.`
  ],
  [
    /ServiceLimitExceeded|LimitExceeded|quota|maximum number of|insufficient.*capacity/i,
    'Free something of it, choose a smaller --size or another --region, or ask for more in Service Quotas.'
  ],
  [/AlreadyExists|already exists/i, 'Choose another --name, or delete what has that name.'],
  [
    /dependent object|DependencyViolation|has dependencies|NotStabilized|in use/i,
    'Something outside the stack still uses it: remove that, then run the same cell again.'
  ],
  [/not supported|not available in|Unrecognized resource type/i, 'Choose another --region.']
];

function cleaned(reason: string): string {
  return reason
    .replace(/^Resource handler returned message: "([\s\S]*)"( \(RequestToken:.*\))?$/, '$1')
    .replace(
      /\((Service|RequestToken|Request ID|SDK Attempt Count)[^()]*(\([^()]*\)[^()]*)*\)/g,
      ''
    )
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.$/, '');
}

/** The reason of an event or a stack, made readable. Total. */
export function reasonOf(reason: string): Reason {
  const hint = HINTS.find(([pattern]) => pattern.test(reason));
  return { why: cleaned(reason) || 'no reason was given', next: hint?.[1] ?? null };
}
