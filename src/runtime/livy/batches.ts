import { z } from 'zod';
import type { Batch, BatchPort, BatchRequest, BatchState, LogPage } from './batch-port.ts';
import { isSuccess, refused } from './failures.ts';
import { parseReply, type LivyHttp } from './http.ts';
import { logSchema } from './replies.ts';

/** More batches than are listed. */
const ALL_BATCHES = 1_000;

const STATES = [
  'not_started',
  'starting',
  'recovering',
  'running',
  'shutting_down',
  'error',
  'dead',
  'killed',
  'success'
] as const satisfies readonly BatchState[];

const batchSchema = z.object({
  id: z.number(),
  name: z.string().nullish().default(null),
  state: z.enum(STATES).or(z.literal('unknown')).catch('unknown'),
  appId: z.string().nullish().default(null)
});
const batchListSchema = z.object({ sessions: z.array(batchSchema) });

/** The calls below `/batches`. A batch is submitted once: it may have run although no reply came. */
export class LivyBatches implements BatchPort {
  readonly #http: LivyHttp;

  constructor(http: LivyHttp) {
    this.#http = http;
  }

  submitBatch(request: BatchRequest, signal?: AbortSignal): Promise<Batch> {
    const call = { method: 'POST', path: '/batches', body: request, signal } as const;
    return this.#http.json(batchSchema, { ...call, limit: 'create' });
  }

  async getBatch(id: number, signal?: AbortSignal): Promise<Batch | null> {
    const path = `/batches/${id}`;
    const reply = await this.#http.send({ method: 'GET', path, signal });
    if (reply.status === 404) return null;
    if (!isSuccess(reply)) throw refused('GET', path, reply);
    return parseReply(batchSchema, reply, `GET ${path}`);
  }

  async listBatches(signal?: AbortSignal): Promise<readonly Batch[]> {
    const path = `/batches?from=0&size=${ALL_BATCHES}`;
    return (await this.#http.json(batchListSchema, { method: 'GET', path, signal })).sessions;
  }

  async batchLog(id: number, from: number, size: number, signal?: AbortSignal): Promise<LogPage> {
    const path = `/batches/${id}/log?from=${from}&size=${size}`;
    const page = await this.#http.json(logSchema, { method: 'GET', path, signal });
    return { from: page.from, total: page.total ?? page.from + page.log.length, lines: page.log };
  }

  async deleteBatch(id: number, signal?: AbortSignal): Promise<void> {
    const path = `/batches/${id}`;
    const reply = await this.#http.send({ method: 'DELETE', path, signal });
    if (!isSuccess(reply) && reply.status !== 404) throw refused('DELETE', path, reply);
  }
}
