import { HeadraceError, interrupted, toHeadraceError } from '../../../shared/errors.ts';
import { linksOf, type AwsFailure } from './failure.ts';

/** What a failed call was about, for the sentence that a person reads. */
export interface AwsCall {
  /** As IAM names it: `cloudformation:CreateChangeSet`. */
  readonly action: string;
  readonly region: string;
  readonly profile?: string | undefined;
}

/** All that Headrace needs to be allowed. */
export const POLICY_DOCUMENT = 'docs/aws/provisioning-policy.json';

const NO_CREDENTIALS =
  /^(CredentialsProviderError|ProviderError|TokenProviderError|NoCredentialsError)$/;
const EXPIRED = /^(ExpiredToken|ExpiredTokenException|RequestExpired|ExpiredTokenError)$/;
const UNKNOWN_CREDENTIALS =
  /^(InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|AuthFailure|InvalidToken|MissingAuthenticationToken.*)$/;
const DENIED =
  /^(AccessDenied(Exception)?|UnauthorizedOperation|NotAuthorized|UnauthorizedException|ForbiddenException)$/;
const THROTTLED =
  /^(Throttling(Exception)?|ThrottledException|RequestThrottled(Exception)?|RequestLimitExceeded|TooManyRequestsException|SlowDown|PriorRequestNotComplete|BandwidthLimitExceeded|EC2ThrottledException)$/;
const QUOTA =
  /(LimitExceeded(Exception)?|QuotaExceeded(Exception)?|TooManyBuckets|InsufficientFreeAddressesInSubnet|InsufficientInstanceCapacity)$/;
const TAKEN =
  /(AlreadyExists(Exception)?|AlreadyOwnedByYou|NameAlreadyExistsException|\.Duplicate|DuplicateRequest)$/;
const NOT_FOUND = /(NotFound(Exception)?|NoSuch[A-Z][A-Za-z]*|\.NotFound|NotFoundFault)$/;
const NETWORK =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|ENETDOWN)$/;
const TIMEOUT = /^(TimeoutError|RequestTimeout(Exception)?|ESOCKETTIMEDOUT)$/;
const SERVER =
  /^(Internal(Failure|Error|ServerException|ServerError)|ServiceUnavailable(Exception)?|ServiceFailure|Unavailable)$/;

const text = (value: string): string => value.replace(/\s+/g, ' ').trim().replace(/\.$/, '');

function login(call: AwsCall): string {
  return call.profile === undefined
    ? 'Run aws sso login, or give credentials in the environment or in ~/.aws.'
    : `Run aws sso login --profile ${call.profile}, then run the cell again.`;
}

function credentials(failure: AwsFailure, call: AwsCall, cause: unknown): HeadraceError | null {
  const about = `${failure.name} ${failure.message}`;
  const chain = NO_CREDENTIALS.test(failure.name);
  const old = EXPIRED.test(failure.name) || /\bexpired\b/i.test(failure.message);
  if (old && (chain || EXPIRED.test(failure.name) || /token|signature|session/i.test(about)))
    return new HeadraceError('HR_AWS_CREDENTIALS', 'The AWS credentials have expired', {
      next: login(call),
      cause
    });
  if (chain)
    return new HeadraceError('HR_AWS_CREDENTIALS', 'There are no AWS credentials', {
      why: text(failure.message),
      next: login(call),
      cause
    });
  if (!UNKNOWN_CREDENTIALS.test(failure.name) && failure.name !== 'OptInRequired') return null;
  return new HeadraceError('HR_AWS_CREDENTIALS', 'AWS does not accept the credentials', {
    why: `${failure.name} in ${call.region}`,
    next: 'Check the profile and that the region is switched on for the account.',
    cause
  });
}

/** The action that the service names as not allowed; the one of the call where it names none. */
function deniedAction(message: string, call: AwsCall): string {
  return /not authorized to perform:? ([a-z0-9-]+:[A-Za-z*]+)/.exec(message)?.[1] ?? call.action;
}

function denied(failure: AwsFailure, call: AwsCall, cause: unknown): HeadraceError | null {
  const refusal = /not authorized to perform/i.test(failure.message);
  if (!DENIED.test(failure.name) && !refusal) return null;
  const action = deniedAction(failure.message, call);
  const who = /User: (\S+) is not/.exec(failure.message)?.[1];
  const explicit = /explicit deny/i.test(failure.message) ? ' by an explicit deny' : '';
  return new HeadraceError('HR_AWS_REFUSED', `AWS does not allow ${action}${explicit}`, {
    ...(who === undefined ? {} : { why: `asked as ${who}` }),
    next: `Have ${action} added to the policy of that role or user; the whole one is ${POLICY_DOCUMENT}.`,
    cause
  });
}

function busy(failure: AwsFailure, call: AwsCall, cause: unknown): HeadraceError | null {
  const throttled =
    THROTTLED.test(failure.name) ||
    failure.status === 429 ||
    /^rate exceeded/i.test(failure.message);
  if (!throttled && !SERVER.test(failure.name) && (failure.status ?? 0) < 500) return null;
  return new HeadraceError(
    'HR_AWS_UNREACHABLE',
    throttled ? 'AWS asks for fewer requests' : 'AWS has an internal problem',
    {
      why: `${call.action} in ${call.region}${failure.status === null ? '' : `, HTTP ${failure.status}`}`,
      next: 'Wait a minute and run the cell again: what has begun goes on by itself.',
      cause
    }
  );
}

function unreachable(failure: AwsFailure, call: AwsCall, cause: unknown): HeadraceError | null {
  const code = [failure.code, failure.name].find(one => NETWORK.test(one) || TIMEOUT.test(one));
  if (code === undefined) return null;
  const [service] = call.action.split(':');
  if (code === 'ENOTFOUND')
    return new HeadraceError(
      'HR_AWS_UNREACHABLE',
      `No address is known for ${service} in ${call.region}`,
      {
        why: 'the network is down, or the region does not have this service',
        next: 'Check the connection and the --region, then run the cell again.',
        cause
      }
    );
  return new HeadraceError('HR_AWS_UNREACHABLE', `AWS does not answer in ${call.region}`, {
    why: `${call.action}: ${code}`,
    next: 'Check the connection and run the cell again: what has begun goes on by itself.',
    cause
  });
}

function refused(failure: AwsFailure, call: AwsCall, cause: unknown): HeadraceError | null {
  const why = text(failure.message) || failure.name;
  const make = (message: string, next?: string) =>
    new HeadraceError('HR_AWS_REFUSED', message, {
      why,
      ...(next === undefined ? {} : { next }),
      cause
    });
  if (QUOTA.test(failure.name))
    return make(
      `A limit of the account in ${call.region} is reached`,
      'Free something of it, choose a smaller --size or another --region, or ask for more in Service Quotas.'
    );
  if (TAKEN.test(failure.name)) return make('The name is taken', 'Choose another --name.');
  const types = /Unrecognized resource types?: \[([^\]]+)\]/.exec(failure.message)?.[1];
  if (types !== undefined)
    return make(`${call.region} does not have ${types}`, 'Choose another --region.');
  if (failure.status === null && failure.fault === null) return null;
  return make(`AWS refused ${call.action}`);
}

/** Any error of the SDK as a HeadraceError; those of this project pass unchanged. Total. */
export function toAwsError(error: unknown, call: AwsCall): HeadraceError {
  if (error instanceof HeadraceError) return error;
  const links = linksOf(error);
  if (links.some(link => link.name === 'AbortError')) return interrupted('a request to AWS');
  for (const reading of [credentials, denied, unreachable, busy, refused])
    for (const link of links) {
      const known = reading(link, call, error);
      if (known !== null) return known;
    }
  return toHeadraceError(error);
}

/** Whether the service says that what was asked about does not exist. */
export function isNotFound(error: unknown): boolean {
  const cause = error instanceof HeadraceError ? error.cause : error;
  return linksOf(cause).some(
    link =>
      NOT_FOUND.test(link.name) || link.status === 404 || /\bdoes not exist\b/i.test(link.message)
  );
}

/** Whether the same call may well succeed later. */
export function isPassing(error: unknown): boolean {
  return error instanceof HeadraceError && error.code === 'HR_AWS_UNREACHABLE';
}

/** Runs one call to AWS; what it throws is a HeadraceError. */
export async function asking<Result>(call: AwsCall, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw toAwsError(error, call);
  }
}
