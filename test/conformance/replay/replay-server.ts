import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { readCapture, recordedJson } from '../captures.ts';
import { RecordedAnswers } from './answers.ts';
import type { ReplayProfile } from './profiles.ts';
import { ReplaySession } from './replay-session.ts';
import { isSigned } from './signature.ts';

interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly location?: string;
}

const statementSchema = z.object({ code: z.string(), kind: z.string().optional() });
const createSchema = z.record(z.string(), z.unknown());

/** Something that goes wrong with the requests that it answers true for. */
export interface Fault {
  readonly of: (method: string, path: string) => boolean;
  /** The request is carried out, and then the connection drops; or it drops before, or a page comes. */
  readonly how: 'drop after' | 'drop before' | 'page' | 'silence';
}

/** A server that answers as a real Livy did, or as the documentation of others says. */
export class ReplayServer {
  readonly sessions = new Map<number, ReplaySession>();
  /** Method and path of each request that was let in. */
  readonly requests: string[] = [];
  /** Each is used once. */
  faults: Fault[] = [];
  readonly #answers = new RecordedAnswers();
  readonly #server: Server;
  #nextSession = 0;
  #port = 0;

  constructor(readonly profile: ReplayProfile) {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** On the port of before, once it had one. */
  async listen(): Promise<void> {
    await new Promise<void>(resolve => {
      this.#server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = new Promise(resolve => {
      this.#server.close(resolve);
    });
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(incoming);
    const { pathname, searchParams } = new URL(incoming.url ?? '', this.url);
    const method = incoming.method ?? '';
    const fault = this.#takeFault(method, pathname);
    if (fault?.how === 'silence') return;
    if (fault?.how === 'drop before') return void incoming.socket.destroy();
    const request = { method, path: decodeURIComponent(pathname), query: searchParams, body };
    const reply = this.#letIn(incoming, body)
      ? fault?.how === 'page'
        ? { status: 503, body: '<html><title>503 Service Unavailable</title></html>' }
        : this.#answer(request)
      : { status: 401, body: { message: 'Forbidden' } };
    if (fault?.how === 'drop after') return void incoming.socket.destroy();
    send(response, reply);
  }

  #takeFault(method: string, path: string): Fault | undefined {
    const index = this.faults.findIndex(fault => fault.of(method, path));
    return index < 0 ? undefined : this.faults.splice(index, 1)[0];
  }

  #letIn(request: IncomingMessage, body: string): boolean {
    const { auth } = this.profile;
    const { authorization } = request.headers;
    if (auth.kind === 'bearer') return authorization === `Bearer ${auth.token}`;
    if (auth.kind === 'basic')
      return authorization === `Basic ${btoa(`${auth.user}:${auth.password}`)}`;
    return auth.kind === 'none' || isSigned(request, body, auth.region);
  }

  #answer(request: Request): Reply {
    const { method, path } = request;
    this.requests.push(`${method} ${path}`);
    const [, root, key = '', ...rest] = path.split('/');
    if (path === '/version' && this.profile.version !== null)
      return { status: 200, body: { version: this.profile.version, url: '' } };
    if (root === 'batches' && this.profile.batches) return recorded('batch-404', '0', key);
    if (root !== 'sessions') return { status: 404 };
    if (key === '') return method === 'POST' ? this.#create(request) : this.#list();
    const session = this.#find(key);
    if (session === undefined) return recorded('session-404', '99', key);
    return this.#below(session, rest, request);
  }

  #below(session: ReplaySession, path: readonly string[], request: Request): Reply {
    const [call, statement, cancel] = path;
    const { method, query } = request;
    if (call === undefined) return this.#session(method, session);
    if (call !== 'statements') return this.#call(call, session, request);
    if (session.state === 'dead') return recorded('statement-get-dead-session');
    if (statement !== undefined)
      return cancel === undefined ? one(session, statement) : cancelled(session, statement);
    if (method === 'POST') return post(session, request, this.profile);
    return this.#statements(session, query);
  }

  #find(key: string): ReplaySession | undefined {
    const byId = this.sessions.get(Number(key));
    if (byId !== undefined || !this.profile.names) return byId;
    return [...this.sessions.values()].find(({ name }) => name === key);
  }

  #create({ body }: Request): Reply {
    const request = createSchema.parse(JSON.parse(body));
    const { createFields, names } = this.profile;
    const unknown = Object.keys(request).find(field => !createFields.includes(field));
    if (unknown !== undefined)
      return {
        status: 400,
        body: `Unrecognized field "${unknown}" (class org.apache.livy.server.interactive.CreateInteractiveRequest), not marked as ignorable (${createFields.length} known properties: …)`
      };
    const id = this.#nextSession++;
    const session = new ReplaySession(id, request, this.#answers);
    if (names && session.name !== null && this.#find(session.name) !== undefined)
      return { status: 400, body: { msg: `Duplicate session name: ${session.name}` } };
    this.sessions.set(id, session);
    return { status: 201, body: this.#view(session), location: `/sessions/${id}` };
  }

  #list(): Reply {
    const sessions = [...this.sessions.values()].map(session => this.#view(session));
    return { status: 200, body: { from: 0, total: sessions.length, sessions } };
  }

  #session(method: string, session: ReplaySession): Reply {
    if (method === 'DELETE') {
      this.sessions.delete(session.id);
      return recorded('session-delete');
    }
    session.look();
    return { status: 200, body: this.#view(session) };
  }

  /** The recorded view with what this session was asked to be. */
  #view(session: ReplaySession): Record<string, unknown> {
    const view = createSchema.parse(recordedJson(readCapture('session-create-then-delete')));
    const { id, name, state, kind } = session;
    const shown = { ...view, ...session.request, id, name, state, kind };
    const known = [...this.profile.createFields, 'id', 'state', 'log', 'appId', 'owner'];
    return Object.fromEntries(Object.entries(shown).filter(([field]) => known.includes(field)));
  }

  #call(call: string, session: ReplaySession, { body }: Request): Reply {
    if (!this.profile.calls.includes(call)) return { status: 404 };
    session.activity += 1;
    if (call === 'log') return recorded('session-log-from-1-size2', '6', String(session.id));
    if (call === 'connect') return { status: 200, body: this.#view(session) };
    if (call === 'completion')
      return recorded(body.includes('"kind":"spark"') ? 'completion-spark' : 'completion-pyspark');
    return { status: 200 };
  }

  #statements(session: ReplaySession, query: URLSearchParams): Reply {
    const all = session.statements.map(({ id, code, state }) => ({
      id,
      code,
      state,
      output: null
    }));
    const ordered = this.profile.order && query.get('order') === 'desc' ? all.toReversed() : all;
    const size = Number(query.get('size') ?? all.length);
    return {
      status: 200,
      body: { total_statements: all.length, statements: ordered.slice(0, size) }
    };
  }
}

function post(session: ReplaySession, { body }: Request, { kinds }: ReplayProfile): Reply {
  if (session.state === 'starting') return recorded('statement-post-while-starting');
  const { code, kind = session.kind } = statementSchema.parse(JSON.parse(body));
  if (!kinds.includes(kind)) return recorded('statement-post-bad-kind');
  return { status: 201, body: session.post(code, kind) };
}

function one(session: ReplaySession, id: string): Reply {
  const statement = session.statement(Number(id));
  return statement === null ? recorded('statement-404') : { status: 200, body: statement };
}

function cancelled(session: ReplaySession, id: string): Reply {
  session.cancel(Number(id));
  return recorded('statement-cancel-sleep');
}

/** A recorded answer, with one text in place of another. */
function recorded(name: string, from = '', to = ''): Reply {
  const { status, body } = readCapture(name);
  return { status, body: JSON.parse(from === '' ? body : body.replaceAll(from, to)) as unknown };
}

function send(response: ServerResponse, { status, body, location }: Reply): void {
  const isPage = typeof body === 'string' && body.startsWith('<');
  response.statusCode = status;
  response.setHeader('content-type', isPage ? 'text/html' : 'application/json');
  if (location !== undefined) response.setHeader('location', location);
  response.end(body === undefined ? '' : isPage ? body : JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
