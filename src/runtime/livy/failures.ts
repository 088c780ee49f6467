import { HeadraceError } from '../../shared/errors.ts';
import { errorText } from './error-body.ts';

export interface HttpReply {
  readonly status: number;
  readonly body: string;
}

/** Codes of Node.js and of its HTTP client for a connection that never came about. */
const NOT_CONNECTED: readonly unknown[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT'
];

export function isSuccess({ status }: HttpReply): boolean {
  return status >= 200 && status < 300;
}

/** A reply of something before the endpoint, which may come and go. */
export function isPassing({ status }: HttpReply): boolean {
  return status === 429 || (status >= 502 && status <= 504);
}

/** A reply of an endpoint that said no. */
export function refused(method: string, path: string, { status, body }: HttpReply): HeadraceError {
  return new HeadraceError('HR_LIVY_REFUSED', errorText(status, body), {
    why: `${method} ${path} was answered with status ${status}`,
    ...(status === 401 || status === 403
      ? { next: 'Check the credentials of the Livy endpoint.' }
      : {})
  });
}

/** No reply came; `error` is what the HTTP client said, `hint` what to do where it is not the local stack. */
export function unreachable(url: string, error: unknown, hint?: string): HeadraceError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return new HeadraceError('HR_LIVY_UNREACHABLE', `No Livy endpoint answers at ${url}`, {
    why: cause instanceof Error ? cause.message : String(cause),
    next:
      hint ?? 'Check that the stack is running (%provision status) and that the address is right.',
    cause
  });
}

/** No reply came in time. */
export function tooSlow(url: string, limitMs: number): HeadraceError {
  return new HeadraceError('HR_LIVY_UNREACHABLE', `The Livy endpoint at ${url} does not answer`, {
    why: `a reply was waited for ${Math.round(limitMs / 1_000)} s`,
    next: 'Look at the load of that server, then run the cell again.'
  });
}

export function isUnreachable(error: unknown): error is HeadraceError {
  return error instanceof HeadraceError && error.code === 'HR_LIVY_UNREACHABLE';
}

/** Whether a request that failed surely never reached anybody, so that even a POST may be repeated. */
export function neverSent(error: unknown): boolean {
  if (!isUnreachable(error)) return false;
  const { cause } = error;
  return cause instanceof Error && 'code' in cause && NOT_CONNECTED.includes(cause.code);
}
