import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { kindOf } from './create-request.ts';
import { EXECUTE_REQUEST_CLASS, notANumber, remoteFailure, statementNotFound } from './refusal.ts';
import { sendJson } from './replies.ts';
import { checkedBody, integerParameter, jsonBody } from './request-body.ts';
import type { Session } from './session.ts';
import { RETAINED_STATEMENTS } from './session.ts';
import type { SessionRegistry } from './session-registry.ts';
import type { SessionStatement } from './statement.ts';

const executeRequestSchema = z.strictObject({
  msg_type: z.unknown().optional(),
  kind: z.string().nullish(),
  code: z.string().nullish()
});

interface BySession {
  Params: { id: string };
}
interface ByStatement {
  Params: { id: string; statement: string };
}
interface Listed {
  Querystring: { from?: string; size?: string; order?: string };
}

/** `/sessions/{id}/statements`: list, post, view, cancel; and completion, which Livy has for Scala only. */
export function statementRoutes(app: FastifyInstance, registry: SessionRegistry): void {
  app.get<BySession & Listed>('/sessions/:id/statements', (request, reply) =>
    sendJson(reply, list(registry.get(request.params.id), request.query))
  );
  app.post<BySession>('/sessions/:id/statements', (request, reply) => {
    const session = registry.get(request.params.id);
    const { code, kind } = executeRequest(request.body, request.headers['content-type'], session);
    const statement = session.submit(code, kind);
    void reply.header('location', `/sessions/${session.id}/statements/${statement.id}`);
    return sendJson(reply, statement.view, 201);
  });
  app.get<ByStatement>('/sessions/:id/statements/:statement', (request, reply) => {
    const session = registry.get(request.params.id);
    const statement = find(session, request.params.statement);
    if (statement === undefined) throw statementNotFound();
    return sendJson(reply, statement.view);
  });
  app.post<ByStatement>('/sessions/:id/statements/:statement/cancel', (request, reply) => {
    const session = registry.get(request.params.id);
    const statement = find(session, request.params.statement);
    if (statement !== undefined) session.cancel(statement);
    return sendJson(reply, { msg: 'canceled' });
  });
  app.post<BySession>('/sessions/:id/completion', (request, reply) => {
    const session = registry.get(request.params.id);
    session.statements();
    const body = jsonBody(request.body, request.headers['content-type']);
    completionKind(body);
    return sendJson(reply, { candidates: [] });
  });
}

function list(session: Session, query: Listed['Querystring']): Record<string, unknown> {
  const from = integerParameter(query.from, 0);
  const size = integerParameter(query.size, RETAINED_STATEMENTS);
  const kept = session.statements().map(statement => statement.view);
  const ordered = query.order === 'desc' ? kept.toReversed() : kept;
  return { total_statements: kept.length, statements: ordered.slice(from, from + size) };
}

function find(session: Session, text: string): SessionStatement | undefined {
  if (!/^-?\d{1,10}$/.test(text)) throw notANumber(text);
  return session.statements().find(({ id }) => id === Number(text));
}

/** Livy checks these fields inside the driver, so that a wrong one is a 500. */
function executeRequest(body: unknown, contentType: string | undefined, session: Session) {
  const { code, kind } = checkedBody(
    executeRequestSchema,
    jsonBody(body, contentType),
    EXECUTE_REQUEST_CLASS
  );
  if (session.state === 'idle' || session.state === 'busy') {
    if (typeof code !== 'string')
      throw remoteFailure('java.lang.NullPointerException: "code" is null');
    return { code, kind: statementKind(kind, session.request.kind) };
  }
  return { code: code ?? '', kind: '' };
}

function statementKind(kind: string | null | undefined, sessionKind: string): string {
  const argument = 'java.lang.IllegalArgumentException';
  if (kind !== undefined && kind !== null)
    return kindOf(kind) ?? failRemotely(`${argument}: Invalid kind: ${kind}`);
  if (sessionKind !== 'shared') return sessionKind;
  return failRemotely(`${argument}: Code type should be specified if session kind is shared`);
}

function completionKind(body: unknown): string {
  const kind = z.object({ kind: z.string() }).safeParse(body).data?.kind;
  const invalid = `java.lang.IllegalArgumentException: Invalid kind: ${kind ?? 'null'}`;
  return kindOf(kind ?? '') ?? failRemotely(invalid);
}

function failRemotely(exception: string): never {
  throw remoteFailure(exception);
}
