import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { integerField, textField } from '../json/fields.ts';
import { COMPLETION_REQUEST_CLASS, sessionInState } from '../http/refusal.ts';
import { sendJson } from '../http/replies.ts';
import { requestBody } from '../http/request-body.ts';
import type { SessionRegistry } from '../sessions/session-registry.ts';
import { isRunning, knownKind } from './statements.ts';

const completionRequestSchema = z.strictObject({
  kind: textField,
  code: textField,
  cursor: integerField
});

interface BySession {
  Params: { id: string };
}

/** `POST /sessions/{id}/completion`: what can stand at the cursor, an offset in `code`. */
export function completionRoute(app: FastifyInstance, registry: SessionRegistry): void {
  app.post<BySession>('/sessions/:id/completion', async (request, reply) => {
    const body = requestBody(request, completionRequestSchema, COMPLETION_REQUEST_CLASS);
    const session = registry.get(request.params.id);
    if (!isRunning(session)) throw sessionInState(session.state);
    const candidates = await session.complete({
      code: body.code ?? '',
      kind: knownKind(body.kind),
      cursor: body.cursor
    });
    return sendJson(reply, { candidates });
  });
}
