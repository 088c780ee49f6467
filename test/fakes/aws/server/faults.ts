import { ApiError, type Protocol } from './wire/failure.ts';

/** How a call goes wrong. */
export type FaultKind = 'throttle' | '5xx' | 'timeout' | 'cut' | 'access-denied' | 'expired';

export interface Fault {
  /** Prefix of its actions in policies, such as `cloudformation`; `livy`; `*` is every service. */
  readonly service: string;
  /** `*` is every action. */
  readonly action: string;
  readonly times: number;
  readonly how: FaultKind;
  /** With `after` the call is carried out, and only its answer is lost. Defaults to `before`. */
  readonly when?: 'before' | 'after';
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** The fault for this call, which then counts. */
  take(service: string, action: string): Fault | null;
}

export function createFaults(): Faults {
  const waiting: { readonly fault: Fault; left: number }[] = [];
  return {
    add: fault => void waiting.push({ fault, left: fault.times }),
    clear: () => void waiting.splice(0),
    take(service, action) {
      const found = waiting.find(
        ({ fault, left }) => left > 0 && fits(fault.service, service) && fits(fault.action, action)
      );
      if (found === undefined) return null;
      found.left -= 1;
      return found.fault;
    }
  };
}

const fits = (pattern: string, name: string): boolean => pattern === '*' || pattern === name;

export interface Refused {
  readonly service: string;
  readonly protocol: Protocol;
  readonly principal: string;
  readonly permission: string;
}

/** What a service answers; each has its own words for the same. Null where there is no answer. */
export function refusal(how: FaultKind, call: Refused): ApiError | null {
  switch (how) {
    case 'throttle':
      return throttled(call);
    case '5xx':
      return new ApiError(...BROKEN[call.protocol]);
    case 'access-denied':
      return denied(call);
    case 'expired':
      return expired(call);
    case 'cut':
    case 'timeout':
      return null;
  }
}

const BROKEN: Readonly<Record<Protocol, [code: string, message: string, status: number]>> = {
  query: ['InternalFailure', 'An internal error occurred.', 500],
  ec2: ['InternalError', 'An internal error has occurred', 500],
  'rest-xml': ['InternalError', 'We encountered an internal error. Please try again.', 500],
  json: ['InternalServerException', 'An internal error occurred.', 500],
  'rest-json': ['InternalServerException', 'An internal error occurred.', 500]
};

function throttled({ service, protocol }: Refused): ApiError {
  if (service === 'kafka')
    return new ApiError('TooManyRequestsException', 'Too Many Requests', 429);
  if (service === 'tag') return new ApiError('ThrottledException', 'Rate exceeded');
  if (protocol === 'ec2')
    return new ApiError('RequestLimitExceeded', 'Request limit exceeded.', 503);
  if (protocol === 'rest-xml')
    return new ApiError('SlowDown', 'Please reduce your request rate.', 503);
  if (protocol === 'query') return new ApiError('Throttling', 'Rate exceeded', 400);
  return new ApiError('ThrottlingException', 'Rate exceeded', protocol === 'json' ? 400 : 429);
}

function denied({ service, protocol, principal, permission }: Refused): ApiError {
  const message = `User: ${principal} is not authorized to perform: ${permission} because no identity-based policy allows the ${permission} action`;
  if (service === 'kafka') return new ApiError('ForbiddenException', message, 403);
  if (protocol === 'ec2')
    return new ApiError(
      'UnauthorizedOperation',
      `You are not authorized to perform this operation. ${message}`,
      403
    );
  if (protocol === 'query' || protocol === 'rest-xml')
    return new ApiError('AccessDenied', message, 403);
  return new ApiError('AccessDeniedException', message, protocol === 'json' ? 400 : 403);
}

function expired({ protocol }: Refused): ApiError {
  const message = 'The security token included in the request is expired';
  if (protocol === 'ec2') return new ApiError('RequestExpired', 'Request has expired.', 400);
  if (protocol === 'query') return new ApiError('ExpiredToken', message, 403);
  if (protocol === 'rest-xml')
    return new ApiError('ExpiredToken', 'The provided token has expired.', 400);
  return new ApiError('ExpiredTokenException', message, protocol === 'json' ? 400 : 403);
}
