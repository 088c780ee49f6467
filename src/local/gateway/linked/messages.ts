import { z } from 'zod';

const linesSchema = z.array(z.tuple([z.enum(['stdout', 'stderr']), z.string()]));

/** What every held process sends, whatever it is; `spark-jobs/link/hold.py` is the other side. */
export const linkMessageSchema = z.discriminatedUnion('type', [
  /** All there is, at the attachment. */
  z.object({ type: z.literal('snapshot'), log: linesSchema, state: z.unknown() }),
  z.object({ type: z.literal('log'), lines: linesSchema }),
  /** The process ends by itself; `reason` is null where that is its good end. */
  z.object({ type: z.literal('ending'), reason: z.string().nullable() }),
  /** Another gateway has attached. */
  z.object({ type: z.literal('replaced') })
]);
export type LinkMessage = z.infer<typeof linkMessageSchema>;

/** What a process leaves in its folder when it ends by itself. */
export const lastSchema = z.object({
  reason: z.string().nullable(),
  snapshot: z.object({ log: linesSchema, state: z.unknown() })
});

/** Where a process listens, and which process it is. */
export const endpointSchema = z.object({
  pid: z.int().positive(),
  start: z.string().min(1),
  port: z.int().positive()
});
export type Endpoint = z.infer<typeof endpointSchema>;

/** What a line says: something of the link, something of the process itself, or nothing that can be read. */
export function readLine<Event>(
  line: string,
  eventSchema: z.ZodType<Event>
): { readonly link: LinkMessage } | { readonly event: Event } | null {
  try {
    const value: unknown = JSON.parse(line);
    const link = linkMessageSchema.safeParse(value);
    return link.success ? { link: link.data } : { event: eventSchema.parse(value) };
  } catch {
    return null;
  }
}
