import type { FastifyError, FastifyInstance } from 'fastify';
import { BODY_LIMIT } from './content.ts';
import { bodyTooLarge, Refusal } from './refusal.ts';
import { sendJson } from './replies.ts';
import { dropBody } from './unread-body.ts';

/** Answers everything that a route throws: refusals as they are, faults of the gateway as Livy's 500. */
export function answerFailures(scope: FastifyInstance): void {
  scope.setErrorHandler(async (error, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.status >= 500 && !(error instanceof Refusal)) request.log.error(error);
    if (refusal.status === 413) await dropBody(request.raw);
    return sendJson(reply, refusal.body, refusal.status);
  });
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (!(error instanceof Error))
    return new Refusal(500, `java.lang.RuntimeException: ${String(error)}`);
  const { code, statusCode } = error as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return bodyTooLarge(BODY_LIMIT);
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Refusal(statusCode, { msg: error.message });
  return new Refusal(500, `java.lang.RuntimeException: ${error.message}`);
}
