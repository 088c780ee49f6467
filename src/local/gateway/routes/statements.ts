import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { kindOf } from '../sessions/create-request.ts';
import { textField } from '../json/fields.ts';
import { integerParameter, page, type Paged } from '../http/paging.ts';
import {
  EXECUTE_REQUEST_CLASS,
  remoteFailure,
  type Refusal,
  sessionInState,
  statementNotFound
} from '../http/refusal.ts';
import { sendJson } from '../http/replies.ts';
import { requestBody } from '../http/request-body.ts';
import type { Session } from '../sessions/session.ts';
import type { SessionRegistry } from '../sessions/session-registry.ts';
import type { SessionStatement } from '../statements/statement.ts';

/** The three fields that Livy knows; it does nothing with the first. */
const executeRequestSchema = z.strictObject({
  msg_type: z.unknown().optional(),
  kind: textField,
  code: textField
});

interface BySession {
  Params: { id: string };
}
interface ByStatement {
  Params: { id: string; statement: string };
}
interface Listed {
  Querystring: Paged & { readonly order?: string };
}

/** `/sessions/{id}/statements`: list, post, view and cancel. */
export function statementRoutes(app: FastifyInstance, registry: SessionRegistry): void {
  app.get<BySession & Listed>('/sessions/:id/statements', (request, reply) =>
    sendJson(reply, list(registry.get(request.params.id), request.query))
  );
  app.post<BySession>('/sessions/:id/statements', (request, reply) => {
    const body = requestBody(request, executeRequestSchema, EXECUTE_REQUEST_CLASS);
    const session = registry.get(request.params.id);
    const statement = submit(session, body);
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
    const id = integerParameter(request.params.statement, 0);
    if (!isRunning(session)) throw sessionInState(session.state);
    const statement = session.statements().find(known => known.id === id);
    if (statement !== undefined) session.cancel(statement);
    return sendJson(reply, { msg: 'canceled' });
  });
}

function list(session: Session, query: Listed['Querystring']): Record<string, unknown> {
  const kept = session.statements().map(statement => statement.view);
  const ordered = query.order?.trim().toLowerCase() === 'desc' ? kept.toReversed() : kept;
  const { items } = page(ordered, query, kept.length);
  return { total_statements: kept.length, statements: items };
}

function find(session: Session, text: string): SessionStatement | undefined {
  const id = integerParameter(text, 0);
  return session.statements().find(statement => statement.id === id);
}

/** Whether the session takes statements. */
export function isRunning({ state }: Session): boolean {
  return state === 'idle' || state === 'busy';
}

/** Livy looks at the fields of a statement inside the driver, so that a wrong one is a 500. */
function submit(
  session: Session,
  { code, kind }: z.infer<typeof executeRequestSchema>
): SessionStatement {
  if (!isRunning(session)) throw sessionInState(session.state);
  if (code === null)
    throw remoteFailure(
      'java.lang.NullPointerException: Cannot invoke "String.toCharArray()" because "s" is null'
    );
  return session.submit(code, statementKind(kind, session.request.kind));
}

function statementKind(kind: string | null, sessionKind: string): string {
  if (kind !== null) return knownKind(kind);
  if (sessionKind !== 'shared') return sessionKind;
  throw illegalArgument('Code type should be specified if session kind is shared');
}

/** The kind that a request names; refuses an unknown one as the driver of Livy does. */
export function knownKind(kind: string | null): string {
  const known = kindOf(kind ?? '');
  if (known === undefined) throw illegalArgument(`Invalid kind: ${kind ?? 'null'}`);
  return known;
}

function illegalArgument(what: string): Refusal {
  return remoteFailure(`java.lang.IllegalArgumentException: ${what}`);
}
