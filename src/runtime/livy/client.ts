import type { z } from 'zod';
import { HeadraceError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { Batch, BatchRequest, LogPage } from './batch-port.ts';
import { LivyBatches } from './batches.ts';
import { capabilitiesOf, fitRequest, tellsVersion } from './capabilities.ts';
import { dependencyForm, requireCapability } from './dependencies.ts';
import { isSuccess, refused } from './failures.ts';
import { LivyHttp, parseReply, type HttpOptions } from './http.ts';
import type {
  DependencyType,
  LivyCapabilities,
  LivyPort,
  LivySession,
  RunOptions,
  SessionRequest,
  StatementKind,
  StatementOutput
} from './port.ts';
import {
  completionSchema,
  logSchema,
  sessionListSchema,
  sessionSchema,
  versionSchema
} from './replies.ts';
import { LivyStatements } from './statements.ts';
import type { LivyTarget } from './target.ts';

/** More sessions than any endpoint runs at a time. */
const ALL_SESSIONS = 1_000;

export interface LivyClientOptions extends HttpOptions {
  /** What kind of endpoint it is; Apache Livy, or our gateway, where nothing is said. */
  readonly target?: Partial<Pick<LivyTarget, 'type' | 'conf' | 'overrides'>>;
}

/**
 * A client of Livy's REST protocol, for every target. Failures are HR_LIVY_UNREACHABLE (no answer),
 * HR_LIVY_REFUSED (the endpoint says no), HR_SESSION_DEAD, HR_INTERRUPTED, HR_TIMEOUT for a statement that
 * cannot be cancelled, and HR_USAGE for what the endpoint has not.
 */
export function createLivyClient(options: LivyClientOptions): LivyPort {
  return new LivyClient(options);
}

class LivyClient implements LivyPort {
  readonly #http: LivyHttp;
  readonly #clock: Clock;
  readonly #target: Pick<LivyTarget, 'type' | 'conf' | 'overrides'>;
  readonly #batches: LivyBatches;
  readonly #statements: LivyStatements;
  #capabilities: LivyCapabilities | null = null;

  constructor(options: LivyClientOptions) {
    this.#http = new LivyHttp(options);
    this.#clock = options.clock;
    this.#target = { type: 'livy', conf: {}, overrides: {}, ...options.target };
    this.#batches = new LivyBatches(this.#http);
    this.#statements = new LivyStatements(this.#http, this.#clock);
  }

  get url(): string {
    return this.#http.endpoint.url;
  }

  async capabilities(signal?: AbortSignal): Promise<LivyCapabilities> {
    if (this.#capabilities !== null) return this.#capabilities;
    const reply = tellsVersion(this.#target.type) ? await this.#version(signal) : null;
    const auth = this.#http.endpoint.auth.kind;
    return (this.#capabilities = capabilitiesOf(reply, { ...this.#target, auth }));
  }

  /** Null where something in front of the endpoint lets only known paths pass. */
  async #version(signal: AbortSignal | undefined): Promise<z.infer<typeof versionSchema> | null> {
    const path = '/version';
    const reply = await this.#http.send({ method: 'GET', path, signal });
    if (reply.status === 404) return null;
    if (!isSuccess(reply)) throw refused('GET', path, reply);
    return parseReply(versionSchema, reply, `GET ${path}`);
  }

  async createSession(request: SessionRequest, signal?: AbortSignal): Promise<LivySession> {
    const body = fitRequest(request, await this.capabilities(signal), this.#target.conf);
    const call = { method: 'POST', path: '/sessions', body, signal, limit: 'create' } as const;
    const session = await this.#http.json(sessionSchema, call);
    this.#statements.begin(session.id);
    return session;
  }

  async listSessions(signal?: AbortSignal): Promise<readonly LivySession[]> {
    const path = `/sessions?from=0&size=${ALL_SESSIONS}`;
    return (await this.#http.json(sessionListSchema, { method: 'GET', path, signal })).sessions;
  }

  async getSession(idOrName: number | string, signal?: AbortSignal): Promise<LivySession | null> {
    if (typeof idOrName === 'string' && !(await this.capabilities(signal)).lookUpByName) {
      const all = await this.listSessions(signal);
      return all.findLast(({ name }) => name === idOrName) ?? null;
    }
    const path = `/sessions/${encodeURIComponent(idOrName)}`;
    const reply = await this.#http.send({ method: 'GET', path, signal });
    if (reply.status === 404) return null;
    if (!isSuccess(reply)) throw refused('GET', path, reply);
    return parseReply(sessionSchema, reply, `GET ${path}`);
  }

  async keepAlive(id: number, signal: AbortSignal): Promise<void> {
    if (!(await this.capabilities(signal)).connect) {
      await this.run(id, '1', 'pyspark', { signal });
      return;
    }
    const path = `/sessions/${id}/connect`;
    const reply = await this.#http.send({ method: 'POST', path, repeatable: true, signal });
    if (reply.status === 404) throw new HeadraceError('HR_SESSION_DEAD', 'The session is gone');
    if (!isSuccess(reply)) throw refused('POST', path, reply);
  }

  async deleteSession(id: number, signal?: AbortSignal): Promise<void> {
    const path = `/sessions/${id}`;
    const reply = await this.#http.send({ method: 'DELETE', path, signal });
    if (!isSuccess(reply) && reply.status !== 404) throw refused('DELETE', path, reply);
    this.#statements.forget(id);
  }

  async sessionLog(id: number, lines: number, signal?: AbortSignal): Promise<string[]> {
    if (!(await this.capabilities(signal)).log) return [];
    const path = `/sessions/${id}/log?from=-1&size=${lines}`;
    return (await this.#http.json(logSchema, { method: 'GET', path, signal })).log;
  }

  async complete(
    session: number,
    code: string,
    kind: StatementKind,
    cursor: number,
    signal?: AbortSignal
  ): Promise<readonly string[]> {
    if (!(await this.capabilities(signal)).completion) return [];
    const path = `/sessions/${session}/completion`;
    const body = { code, kind, cursor };
    const call = { method: 'POST', path, body, signal, repeatable: true } as const;
    return (await this.#http.json(completionSchema, call)).candidates;
  }

  async addDependency(
    session: number,
    type: DependencyType,
    uri: string,
    signal?: AbortSignal
  ): Promise<void> {
    await requireCapability(this, 'uploads', 'a jar or file for a running session', signal);
    await this.#change(`/sessions/${session}/add-${type}`, { uri }, signal);
  }

  async uploadDependency(
    session: number,
    type: DependencyType,
    file: File,
    signal?: AbortSignal
  ): Promise<void> {
    await requireCapability(this, 'uploads', 'a jar or file for a running session', signal);
    await this.#change(`/sessions/${session}/upload-${type}`, dependencyForm(type, file), signal);
  }

  async run(
    session: number,
    code: string,
    kind: StatementKind,
    options: RunOptions
  ): Promise<StatementOutput> {
    const capabilities = await this.capabilities(options.signal);
    return await this.#statements.run(session, code, kind, { ...options, capabilities });
  }

  async submitBatch(request: BatchRequest, signal?: AbortSignal): Promise<Batch> {
    await requireCapability(this, 'batches', 'batches', signal);
    return await this.#batches.submitBatch(request, signal);
  }

  async getBatch(id: number, signal?: AbortSignal): Promise<Batch | null> {
    return await this.#batches.getBatch(id, signal);
  }

  async listBatches(signal?: AbortSignal): Promise<readonly Batch[]> {
    await requireCapability(this, 'batches', 'batches', signal);
    return await this.#batches.listBatches(signal);
  }

  async batchLog(id: number, from: number, size: number, signal?: AbortSignal): Promise<LogPage> {
    return await this.#batches.batchLog(id, from, size, signal);
  }

  async deleteBatch(id: number, signal?: AbortSignal): Promise<void> {
    await this.#batches.deleteBatch(id, signal);
  }

  async #change(path: string, body: unknown, signal: AbortSignal | undefined): Promise<void> {
    const reply = await this.#http.send({ method: 'POST', path, body, signal, limit: 'create' });
    if (!isSuccess(reply)) throw refused('POST', path, reply);
  }
}
