import type { z } from 'zod';
import { HeadraceError, interrupted } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import { abortable } from '../abortable.ts';
import type { Authentication } from './auth/port.ts';
import type { Call, Timeouts } from './call.ts';
import { isSuccess, neverSent, refused, tooSlow, unreachable, type HttpReply } from './failures.ts';
import { mayRepeat, pauseBefore, RETRIES } from './retries.ts';

/** An address and how to be let in. */
export interface LivyEndpoint {
  /** With or without a slash at the end. */
  readonly url: string;
  readonly auth: Authentication;
}

export const DEFAULT_TIMEOUTS: Timeouts = { read: 30_000, change: 60_000, create: 300_000 };
/** How long an endpoint may take to be started again, milliseconds. */
const RECOVER_LIMIT_MS = 180_000;

export interface HttpOptions {
  /** Asked for each request: an endpoint that was started again may have moved. */
  readonly endpoint: () => LivyEndpoint;
  readonly clock: Clock;
  /** Brings back an endpoint that refuses connections; without it such a request fails. */
  readonly recover?: (signal: AbortSignal) => Promise<unknown>;
  readonly timeouts?: Partial<Timeouts>;
  /** What to do where nobody answers; about the local stack without. */
  readonly hint?: string;
  /** Injected for tests; the global one otherwise. */
  readonly fetch?: typeof fetch;
}

/** Requests to one Livy endpoint; only what may be sent twice ever is. */
export class LivyHttp {
  readonly #options: HttpOptions;
  readonly #timeouts: Timeouts;
  #recovering: Promise<unknown> | null = null;
  #recoveries = 0;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  }

  get endpoint(): LivyEndpoint {
    const { url, auth } = this.#options.endpoint();
    return { url: url.replace(/\/+$/, ''), auth };
  }

  /** The reply, whatever its status; HR_LIVY_UNREACHABLE when there is none. */
  async send(call: Call): Promise<HttpReply> {
    let recovered = false;
    for (let retry = 0; ; retry++) {
      const before = this.#recoveries;
      const outcome = await this.#attempt(call);
      if (!recovered && this.#needsRecovery(outcome)) {
        recovered = true;
        // Another call may have brought the endpoint back meanwhile.
        if (before === this.#recoveries) await this.#recover(call.signal);
      } else if (retry < RETRIES && mayRepeat(call, outcome))
        await this.#options.clock.sleep(pauseBefore(retry), call.signal);
      else if (outcome instanceof HeadraceError) throw outcome;
      else return outcome;
    }
  }

  /** The reply's JSON, checked; HR_LIVY_REFUSED for a status other than 2xx or a body that is not as expected. */
  async json<T>(schema: z.ZodType<T>, call: Call): Promise<T> {
    const reply = await this.send(call);
    if (!isSuccess(reply)) throw refused(call.method, call.path, reply);
    return parseReply(schema, reply, `${call.method} ${call.path}`);
  }

  async #attempt(call: Call): Promise<HttpReply | HeadraceError> {
    if (isAborted(call)) throw interrupted('the call to Livy was not sent');
    const { url, auth } = this.endpoint;
    const limitMs = this.#timeouts[call.limit ?? (call.method === 'GET' ? 'read' : 'change')];
    const timeout = AbortSignal.timeout(limitMs);
    const signal = call.signal === undefined ? timeout : AbortSignal.any([call.signal, timeout]);
    try {
      return await this.#exchange(new URL(`${url}${call.path}`), auth, call, signal);
    } catch (error) {
      if (isAborted(call)) throw interrupted('the call to Livy was ended');
      if (error instanceof HeadraceError) throw error;
      return timeout.aborted ? tooSlow(url, limitMs) : unreachable(url, error, this.#options.hint);
    }
  }

  async #exchange(
    url: URL,
    auth: Authentication,
    { method, body }: Call,
    signal: AbortSignal
  ): Promise<HttpReply> {
    const form = body instanceof FormData ? body : undefined;
    const text = body === undefined || form !== undefined ? undefined : JSON.stringify(body);
    const plain = {
      accept: 'application/json',
      'x-requested-by': 'headrace',
      ...(form === undefined ? { 'content-type': 'application/json' } : {})
    };
    const added = await auth.headers({ method, url, headers: plain, body: text });
    const sent = form ?? text;
    const response = await (this.#options.fetch ?? fetch)(url.href, {
      method,
      headers: { ...plain, ...added },
      ...(sent === undefined ? {} : { body: sent }),
      signal
    });
    return { status: response.status, body: await response.text() };
  }

  /** Nobody listens there, or somebody who does not know us: the endpoint was replaced. */
  #needsRecovery(outcome: HttpReply | HeadraceError): boolean {
    if (this.#options.recover === undefined) return false;
    return outcome instanceof HeadraceError ? neverSent(outcome) : outcome.status === 401;
  }

  /** Calls at the same time share one recovery, which none of them can end for the others. */
  #recover(signal: AbortSignal | undefined): Promise<unknown> {
    const { recover = () => Promise.resolve() } = this.#options;
    this.#recovering ??= recover(AbortSignal.timeout(RECOVER_LIMIT_MS)).finally(() => {
      this.#recovering = null;
      this.#recoveries += 1;
    });
    return signal === undefined
      ? this.#recovering
      : abortable(this.#recovering, signal, 'the call to Livy was ended');
  }
}

// As a call, since the compiler takes the property to keep the value that was once seen.
const isAborted = ({ signal }: Call): boolean => signal?.aborted === true;

/** The JSON of a reply; HR_LIVY_REFUSED where it is not what Livy sends. */
export function parseReply<T>(schema: z.ZodType<T>, reply: HttpReply, call: string): T {
  const parsed = schema.safeParse(jsonOrUndefined(reply.body));
  if (parsed.success) return parsed.data;
  throw new HeadraceError('HR_LIVY_REFUSED', `The reply to ${call} is not what Livy sends`, {
    why: 'another program may answer at this address',
    next: 'Check the URL of the Livy endpoint.',
    cause: parsed.error
  });
}

/** A text as JSON, or undefined where it is none. */
export function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
