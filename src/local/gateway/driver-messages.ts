import { z } from 'zod';

/** What a driver sends, one JSON object a line; `spark-jobs/driver/main.py` is the other side. */
export const driverMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), app_id: z.string() }),
  z.object({ type: z.literal('progress'), id: z.number(), fraction: z.number() }),
  z.object({
    type: z.literal('done'),
    id: z.number(),
    output: z.record(z.string(), z.unknown())
  }),
  /** The driver ends by itself and says why. */
  z.object({ type: z.literal('failed'), reason: z.string() })
]);
export type DriverMessage = z.infer<typeof driverMessageSchema>;

/** What a driver is sent. `start` is the first and comes once. */
export type GatewayMessage =
  | {
      readonly type: 'start';
      readonly name: string;
      readonly session_dir: string;
      readonly archive_dir: string;
      readonly java: string;
      readonly base_jars: readonly string[];
      readonly jars: readonly string[];
      readonly py_files: readonly string[];
      readonly memory: string | null;
      readonly conf: Readonly<Record<string, string>>;
    }
  | {
      readonly type: 'execute';
      readonly id: number;
      readonly kind: string;
      readonly code: string;
    }
  | { readonly type: 'cancel'; readonly id: number };
