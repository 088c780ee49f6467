import { z } from 'zod';
import { ENDABLE, inventorySchema } from './inventory.ts';
import { sourceRecordsSchema } from './source-record.ts';
import { cellSchema, viewFrameSchema, viewSpecSchema } from './view.ts';

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

/** How often a page that lists what runs is told, milliseconds. */
export const INVENTORY_MS = 1_000;

/** Numbers a question of a page, so that it knows the answer. */
const request = z.number().int();

/** Page to kernel. `watch` replaces the whole set of views; an empty set is a hidden page. */
export const clientMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('watch'),
    views: z.array(z.string()),
    /** Whether the page also lists what runs. */
    inventory: z.boolean().default(false),
    tickMs: z.number().optional()
  }),
  z.object({ type: z.literal('ack'), seq: z.number(), paintMs: z.number().optional() }),
  /** Stops the stream behind a view. */
  z.object({ type: z.literal('stop'), view: z.string() }),
  /** Ends something of the inventory, by its name. */
  z.object({ type: z.literal('end'), what: z.enum(ENDABLE), name: z.string() }),
  /** Asks for the state of a view at an earlier time, epoch milliseconds; answered by `past`. */
  z.object({ type: z.literal('look'), request, view: z.string(), at: z.number() }),
  /** Asks for the Kafka records behind a row, given by its cells; answered by `records`. */
  z.object({
    type: z.literal('trace'),
    request,
    view: z.string(),
    row: z.record(z.string(), cellSchema)
  })
]);
export type ClientMessage = z.input<typeof clientMessageSchema>;

/** Kernel to page. `unknown` lists watched views that this kernel does not have (after a restart). */
export const serverMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('frame'),
    /** Grows by one a message and client. */
    seq: z.number(),
    /** Kernel clock when sent, epoch milliseconds. */
    at: z.number(),
    /** Untrusted; each is read by `viewFrameSchema`, so that one bad frame does not lose the others. */
    views: z.record(z.string(), z.unknown()),
    /** About once in `INVENTORY_MS`, for a page that lists what runs. */
    inventory: inventorySchema.exactOptional()
  }),
  z.object({
    type: z.literal('views'),
    views: z.array(viewSpecSchema),
    unknown: z.array(z.string()),
    /**
     * Streams that run, by name, with the time since when this kernel has them, epoch milliseconds. A view whose
     * stream ended before that may be watched again. Sent to every page when a stream starts.
     */
    running: z.record(z.string(), z.number()).exactOptional()
  }),
  /**
   * The newest state that is not newer than what was asked for, or the oldest one, and when it was; null where
   * none is kept.
   */
  z.object({
    type: z.literal('past'),
    request,
    frame: viewFrameSchema.nullable(),
    at: z.number()
  }),
  sourceRecordsSchema.extend({ type: z.literal('records'), request })
]);
export type ServerMessage = z.infer<typeof serverMessageSchema>;
