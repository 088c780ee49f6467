import type { FastifyInstance } from 'fastify';
import { createRequestSchema } from '../sessions/create-request.ts';
import { integerParameter, page, type Paged } from '../http/paging.ts';
import { userOf } from '../http/access.ts';
import { CREATE_REQUEST_CLASS } from '../http/refusal.ts';
import { sendEmpty, sendJson } from '../http/replies.ts';
import { requestBody } from '../http/request-body.ts';
import type { SessionRegistry } from '../sessions/session-registry.ts';
import { sessionView } from '../sessions/session-view.ts';

/** Entries of a list or lines of a log when the request names no `size`. */
const DEFAULT_SIZE = 100;

interface BySession {
  Params: { id: string };
}
interface InParts {
  Querystring: Paged;
}

/** `/sessions`: list, create, view, state, log, delete and the calls that keep a session or end it. */
export function sessionRoutes(app: FastifyInstance, registry: SessionRegistry): void {
  for (const path of ['/sessions', '/sessions/']) collectionRoutes(app, path, registry);
  app.get<BySession>('/sessions/:id', (request, reply) =>
    sendJson(reply, sessionView(registry.get(request.params.id)))
  );
  app.get<BySession>('/sessions/:id/state', (request, reply) => {
    const { id, state } = registry.get(request.params.id);
    return sendJson(reply, { id, state });
  });
  app.get<BySession & InParts>('/sessions/:id/log', (request, reply) => {
    const session = registry.get(request.params.id);
    const from = integerParameter(request.query.from, -1);
    const size = integerParameter(request.query.size, DEFAULT_SIZE);
    return sendJson(reply, { id: session.id, ...session.log.slice(from, size) });
  });
  endingRoutes(app, registry);
}

function collectionRoutes(app: FastifyInstance, path: string, registry: SessionRegistry): void {
  app.get<InParts>(path, (request, reply) => {
    const sessions = registry.list();
    const { from, items } = page(sessions, request.query, DEFAULT_SIZE);
    return sendJson(reply, { from, total: sessions.length, sessions: items.map(sessionView) });
  });
  app.post(path, (request, reply) => {
    const body = requestBody(request, createRequestSchema, CREATE_REQUEST_CLASS);
    const session = registry.create(body, userOf(request));
    request.log.info({ session: session.id, kind: session.request.kind }, 'session created');
    void reply.header('location', `/sessions/${session.id}`);
    return sendJson(reply, sessionView(session), 201);
  });
}

function endingRoutes(app: FastifyInstance, registry: SessionRegistry): void {
  app.post<BySession>('/sessions/:id/connect', (request, reply) => {
    const session = registry.get(request.params.id);
    session.lastActivity = session.lastHeartbeat;
    return sendJson(reply, sessionView(session));
  });
  app.delete<BySession>('/sessions/:id', async (request, reply) => {
    await registry.delete(registry.get(request.params.id));
    return sendJson(reply, { msg: 'deleted' });
  });
  // Livy's "interrupt" ends the whole session; only `cancel` ends a statement.
  app.post<BySession>('/sessions/:id/interrupt', async (request, reply) => {
    await registry.get(request.params.id).stop();
    return sendJson(reply, { msg: 'interrupted' });
  });
  app.post<BySession>('/sessions/:id/stop', async (request, reply) => {
    await registry.get(request.params.id).stop();
    return sendEmpty(reply, 204);
  });
}
