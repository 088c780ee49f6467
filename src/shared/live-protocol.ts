import { z } from 'zod';
import { viewFrameSchema, viewSpecSchema } from './view.ts';

/**
 * The comm `headrace.live`. A page opens one comm a kernel and says which views it shows; the kernel
 * sends at most one message a tick for all of them, whole states, newest only.
 *
 * Credit: the page acknowledges about once a second. A client that has not done so for
 * `LEASE_MS` gets nothing more until it speaks again, and its comm is dropped after `DROP_MS`,
 * because a closed page sends no `comm_close` and the Jupyter server would buffer for ever.
 */
export const DEFAULT_TICK_MS = 100;
export const MIN_TICK_MS = 50;
export const ACK_MS = 1_000;
export const LEASE_MS = 4_000;
export const DROP_MS = 30_000;

/** Page to kernel. `watch` replaces the whole set of views; an empty set is a hidden page. */
export const clientMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('watch'), views: z.array(z.string()), tickMs: z.number().optional() }),
  z.object({ type: z.literal('ack'), seq: z.number(), paintMs: z.number().optional() }),
  z.object({ type: z.literal('stop'), view: z.string() })
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

/** Kernel to page. `unknown` lists watched views that this kernel does not have (after a restart). */
export const serverMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('frame'),
    /** Grows by one a message and client. */
    seq: z.number(),
    /** Kernel clock when sent, epoch milliseconds. */
    at: z.number(),
    views: z.record(z.string(), viewFrameSchema)
  }),
  z.object({
    type: z.literal('views'),
    views: z.array(viewSpecSchema),
    unknown: z.array(z.string())
  })
]);
export type ServerMessage = z.infer<typeof serverMessageSchema>;
