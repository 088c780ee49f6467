import type { FastifyReply } from 'fastify';

const JSON_TYPE = 'application/json;charset=utf-8';
const HTML_TYPE = 'text/html;charset=utf-8';

/** Sends a JSON value with Livy's content type; a string becomes a bare JSON string. */
export function sendJson(reply: FastifyReply, value: unknown, status = 200): FastifyReply {
  return reply.code(status).header('content-type', JSON_TYPE).send(JSON.stringify(value));
}

/** Sends a status with no body from a path of Livy's protocol; its content type is JSON all the same. */
export function sendEmpty(reply: FastifyReply, status: number): FastifyReply {
  return reply.code(status).header('content-type', JSON_TYPE).send('');
}

/** Sends a status with no body from a path outside of Livy's protocol. */
export function sendNothing(reply: FastifyReply, status: number): FastifyReply {
  return reply.code(status).header('content-type', HTML_TYPE).send('');
}

/** Sends an HTML page. */
export function sendPage(reply: FastifyReply, lines: readonly string[]): FastifyReply {
  return reply
    .code(200)
    .header('content-type', HTML_TYPE)
    .send(`${lines.join('\n')}\n`);
}
