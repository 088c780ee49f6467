import type { FastifyInstance } from 'fastify';
import type { BatchRegistry } from '../batches/batch-registry.ts';
import { batchView } from '../batches/batch-view.ts';
import { CREATE_BATCH_CLASS, createBatchSchema } from '../batches/create-batch.ts';
import { integerParameter, page, type Paged } from '../http/paging.ts';
import { sendJson } from '../http/replies.ts';
import { requestBody } from '../http/request-body.ts';

/** Entries of a list or lines of a log when the request names no `size`. */
const DEFAULT_SIZE = 100;

interface ByBatch {
  Params: { id: string };
}
interface InParts {
  Querystring: Paged;
}

/** `/batches`: list, create, view, state, log and delete. */
export function batchRoutes(app: FastifyInstance, registry: BatchRegistry): void {
  for (const path of ['/batches', '/batches/']) collectionRoutes(app, path, registry);
  app.get<ByBatch>('/batches/:id', (request, reply) =>
    sendJson(reply, batchView(registry.get(request.params.id)))
  );
  app.get<ByBatch>('/batches/:id/state', (request, reply) => {
    const { id, state } = registry.get(request.params.id);
    return sendJson(reply, { id, state });
  });
  app.get<ByBatch & InParts>('/batches/:id/log', (request, reply) => {
    const batch = registry.get(request.params.id);
    const from = integerParameter(request.query.from, -1);
    const size = integerParameter(request.query.size, DEFAULT_SIZE);
    return sendJson(reply, { id: batch.id, ...batch.log.slice(from, size) });
  });
  app.delete<ByBatch>('/batches/:id', async (request, reply) => {
    await registry.delete(registry.get(request.params.id));
    return sendJson(reply, { msg: 'deleted' });
  });
}

function collectionRoutes(app: FastifyInstance, path: string, registry: BatchRegistry): void {
  app.get<InParts>(path, (request, reply) => {
    const batches = registry.list();
    const { from, items } = page(batches, request.query, DEFAULT_SIZE);
    return sendJson(reply, { from, total: batches.length, sessions: items.map(batchView) });
  });
  app.post(path, (request, reply) => {
    const batch = registry.create(requestBody(request, createBatchSchema, CREATE_BATCH_CLASS));
    request.log.info({ batch: batch.id }, 'batch created');
    void reply.header('location', `/batches/${batch.id}`);
    return sendJson(reply, batchView(batch), 201);
  });
}
