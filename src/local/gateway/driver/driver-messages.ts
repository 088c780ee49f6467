import { z } from 'zod';

const outputSchema = z.record(z.string(), z.unknown()).nullable();

/** What a driver knows of its session; `spark-jobs/driver/main.py` is the other side. */
export const driverStateSchema = z
  .object({
    app_id: z.string().nullable(),
    next_statement: z.int().nonnegative(),
    statements: z.array(
      z.object({
        id: z.int().nonnegative(),
        code: z.string(),
        kind: z.string(),
        state: z.enum(['waiting', 'running', 'cancelling', 'available', 'cancelled']),
        output: outputSchema,
        progress: z.number(),
        started: z.number(),
        completed: z.number()
      })
    )
  })
  .transform(({ app_id: appId, next_statement: nextStatement, statements }) => ({
    appId,
    nextStatement,
    statements
  }));

/** What happens in a driver. */
export const driverEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), app_id: z.string() }),
  z.object({ type: z.literal('started'), id: z.number(), started: z.number() }),
  z.object({ type: z.literal('progress'), id: z.number(), fraction: z.number() }),
  z.object({
    type: z.literal('done'),
    id: z.number(),
    state: z.enum(['available', 'cancelled']),
    output: outputSchema,
    completed: z.number()
  }),
  z.object({ type: z.literal('forgotten'), ids: z.array(z.number()) }),
  /** To a `complete` or an `add`: a value, or what went wrong. */
  z.object({
    type: z.literal('answer'),
    request: z.number(),
    value: z.unknown().optional(),
    error: z.string().optional()
  })
]);
export type DriverEvent = z.infer<typeof driverEventSchema>;

/** What a driver is started with. */
export interface DriverStart extends Readonly<Record<string, unknown>> {
  readonly name: string;
  readonly kind: string;
  readonly session_dir: string;
  readonly archive_dir: string;
  readonly java: string;
  readonly base_jars: readonly string[];
  readonly jars: readonly string[];
  readonly py_files: readonly string[];
  readonly files: readonly string[];
  readonly archives: readonly string[];
  readonly memory: string | null;
  readonly conf: Readonly<Record<string, string>>;
}

/** What a driver is sent while it runs. */
export type GatewayMessage =
  | {
      readonly type: 'execute';
      readonly id: number;
      readonly kind: string;
      readonly code: string;
    }
  | { readonly type: 'cancel'; readonly id: number }
  | {
      readonly type: 'complete';
      readonly request: number;
      readonly kind: string;
      readonly code: string;
      readonly cursor: number;
    }
  | {
      readonly type: 'add';
      readonly request: number;
      readonly kind: 'jar' | 'pyfile' | 'file';
      readonly path: string;
    };
