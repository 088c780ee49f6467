import type { z } from 'zod';
import { HeadraceError, interrupted } from '../../shared/errors.ts';
import { errorText } from './error-body.ts';

export interface HttpOptions {
  /** Without a slash at the end. */
  readonly url: string;
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string;
  /** Injected for tests; the global one otherwise. */
  readonly fetch?: typeof fetch;
}

export interface HttpReply {
  readonly status: number;
  readonly body: string;
}

/** Requests to one Livy endpoint. Each is sent once: repeating a POST could run code twice. */
export class LivyHttp {
  readonly url: string;
  readonly #headers: Record<string, string>;
  readonly #fetch: typeof fetch;

  constructor(options: HttpOptions) {
    this.url = options.url.replace(/\/+$/, '');
    this.#fetch = options.fetch ?? fetch;
    this.#headers = {
      accept: 'application/json',
      'content-type': 'application/json',
      'x-requested-by': 'headrace',
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` })
    };
  }

  /** The reply, whatever its status; HR_LIVY_UNREACHABLE when there is none. */
  async send(
    method: string,
    path: string,
    body: unknown,
    signal: AbortSignal | undefined
  ): Promise<HttpReply> {
    try {
      const response = await this.#fetch(`${this.url}${path}`, {
        method,
        headers: this.#headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal })
      });
      return { status: response.status, body: await response.text() };
    } catch (error) {
      if (signal?.aborted === true) throw interrupted('the call to Livy was ended');
      throw unreachable(this.url, error);
    }
  }

  /** The reply's JSON, checked; HR_LIVY_REFUSED for a status other than 2xx or a body that is not as expected. */
  async json<T>(
    schema: z.ZodType<T>,
    method: string,
    path: string,
    options: { readonly body?: unknown; readonly signal?: AbortSignal | undefined } = {}
  ): Promise<T> {
    const reply = await this.send(method, path, options.body, options.signal);
    if (!isSuccess(reply)) throw refused(method, path, reply);
    return parseReply(schema, reply, `${method} ${path}`);
  }
}

export function isSuccess({ status }: HttpReply): boolean {
  return status >= 200 && status < 300;
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

export function parseReply<T>(schema: z.ZodType<T>, reply: HttpReply, call: string): T {
  const parsed = schema.safeParse(jsonOrUndefined(reply.body));
  if (parsed.success) return parsed.data;
  throw new HeadraceError('HR_LIVY_REFUSED', `The reply to ${call} is not what Livy sends`, {
    why: 'another program may answer at this address',
    next: 'Check the URL of the Livy endpoint.',
    cause: parsed.error
  });
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreachable(url: string, error: unknown): HeadraceError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return new HeadraceError('HR_LIVY_UNREACHABLE', `No Livy endpoint answers at ${url}`, {
    why: cause instanceof Error ? cause.message : String(cause),
    next: 'Check that the stack is running (%provision status) and that the address is right.',
    cause: error
  });
}
