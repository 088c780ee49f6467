import type { Clock } from '../clock.ts';
import { capabilitiesOf } from './capabilities.ts';
import { isSuccess, LivyHttp, parseReply, refused, type HttpOptions } from './http.ts';
import type {
  LivyCapabilities,
  LivyPort,
  LivySession,
  SessionRequest,
  StatementKind,
  StatementOutput
} from './port.ts';
import { logSchema, sessionSchema, versionSchema } from './replies.ts';
import { StatementRun, type RunOptions } from './statement-run.ts';

export interface LivyClientOptions extends HttpOptions {
  readonly clock: Clock;
}

/**
 * A client of Livy's REST protocol. Failures are HR_LIVY_UNREACHABLE (no answer), HR_LIVY_REFUSED (the
 * endpoint says no), HR_SESSION_DEAD and HR_INTERRUPTED.
 */
export function createLivyClient(options: LivyClientOptions): LivyPort {
  return new LivyClient(new LivyHttp(options), options.clock);
}

class LivyClient implements LivyPort {
  readonly #http: LivyHttp;
  readonly #clock: Clock;

  constructor(http: LivyHttp, clock: Clock) {
    this.#http = http;
    this.#clock = clock;
  }

  get url(): string {
    return this.#http.url;
  }

  async capabilities(signal?: AbortSignal): Promise<LivyCapabilities> {
    return capabilitiesOf(await this.#http.json(versionSchema, 'GET', '/version', { signal }));
  }

  createSession(request: SessionRequest, signal?: AbortSignal): Promise<LivySession> {
    return this.#http.json(sessionSchema, 'POST', '/sessions', { body: request, signal });
  }

  async getSession(idOrName: number | string, signal?: AbortSignal): Promise<LivySession | null> {
    const path = `/sessions/${encodeURIComponent(idOrName)}`;
    const reply = await this.#http.send('GET', path, undefined, signal);
    if (reply.status === 404) return null;
    if (!isSuccess(reply)) throw refused('GET', path, reply);
    return parseReply(sessionSchema, reply, `GET ${path}`);
  }

  async deleteSession(id: number, signal?: AbortSignal): Promise<void> {
    const path = `/sessions/${id}`;
    const reply = await this.#http.send('DELETE', path, undefined, signal);
    if (!isSuccess(reply) && reply.status !== 404) throw refused('DELETE', path, reply);
  }

  async sessionLog(id: number, lines: number, signal?: AbortSignal): Promise<string[]> {
    const path = `/sessions/${id}/log?from=-1&size=${lines}`;
    return (await this.#http.json(logSchema, 'GET', path, { signal })).log;
  }

  run(
    session: number,
    code: string,
    kind: StatementKind,
    options: RunOptions
  ): Promise<StatementOutput> {
    return new StatementRun(this.#http, this.#clock, session).run(code, kind, options);
  }
}
