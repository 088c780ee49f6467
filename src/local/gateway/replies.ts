import type { FastifyReply } from 'fastify';

const JSON_TYPE = 'application/json;charset=utf-8';

/** Sends a JSON value with Livy's content type; a string becomes a bare JSON string. */
export function sendJson(reply: FastifyReply, value: unknown, status = 200): FastifyReply {
  return reply.code(status).header('content-type', JSON_TYPE).send(JSON.stringify(value));
}

/** Sends a status with no body, as Livy does for paths and methods below `/sessions` that it does not know. */
export function sendEmpty(reply: FastifyReply, status: number): FastifyReply {
  return reply.code(status).header('content-type', JSON_TYPE).send('');
}
