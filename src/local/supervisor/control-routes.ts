import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { LEASE_MS, type LeaseBook } from './leases.ts';

export const stackPartSchema = z.object({
  kind: z.enum(['service', 'session', 'batch']),
  name: z.string(),
  state: z.string(),
  detail: z.string()
});

/** Answer of `GET /headrace/status`. */
export const stackStatusSchema = z.object({
  pid: z.int(),
  /** Epoch milliseconds. */
  startedAt: z.number(),
  leases: z.int(),
  parts: z.array(stackPartSchema)
});
export type StackStatusAnswer = z.infer<typeof stackStatusSchema>;

/** Answer of `POST /headrace/leases`. */
export const leaseSchema = z.object({ id: z.string(), milliseconds: z.number() });

export interface ControlOptions {
  readonly leases: LeaseBook;
  readonly status: () => StackStatusAnswer;
  /** Begins the end of the stack; the topics and tables go with it. */
  readonly shutdown: () => void;
}

/** Routes by which kernels hold the stack, look at it and stop it. */
export function controlRoutes(app: FastifyInstance, options: ControlOptions): void {
  const { leases } = options;
  const idOf = (params: unknown): string => z.object({ id: z.string() }).parse(params).id;
  app.get('/headrace/status', () => Promise.resolve(options.status()));
  app.post('/headrace/leases', (_, reply) =>
    reply.code(201).send({ id: leases.create(), milliseconds: LEASE_MS })
  );
  app.put('/headrace/leases/:id', (request, reply) =>
    reply.code(leases.renew(idOf(request.params)) ? 204 : 404).send()
  );
  app.delete('/headrace/leases/:id', (request, reply) => {
    leases.remove(idOf(request.params));
    return reply.code(204).send();
  });
  app.post('/headrace/shutdown', (_, reply) => {
    void reply.code(202).send({});
    options.shutdown();
    return reply;
  });
}
