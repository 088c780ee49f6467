import { z } from 'zod';
import type { StatementOutput } from './port.ts';

/**
 * Key in `data` of a pyspark statement of the local gateway: all outputs of the cell in the order in which
 * they came. Livy itself has one bundle a statement, in which printed text and the value run together.
 */
export const CELL_OUTPUTS_MIME = 'application/vnd.headrace.outputs.v1+json';

const bundleSchema = z.record(z.string(), z.unknown());
const cellOutputSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('stream'), name: z.enum(['stdout', 'stderr']), text: z.string() }),
  /** Something shown: `display(x)` or a figure. */
  z.object({ type: z.literal('display'), data: bundleSchema }),
  /** The value of the last expression. */
  z.object({ type: z.literal('result'), data: bundleSchema })
]);
export type CellOutput = z.infer<typeof cellOutputSchema>;

/**
 * The outputs of a statement, in order. A real Livy gives one bundle, which is then the only result; the
 * outputs of a failed statement are what came before the error.
 */
export function cellOutputs(output: StatementOutput): CellOutput[] {
  const data = output.data ?? {};
  const listed = z.array(cellOutputSchema).safeParse(data[CELL_OUTPUTS_MIME]);
  if (listed.success) return listed.data;
  const empty = Object.keys(data).length === 0 || data['text/plain'] === '';
  return output.status === 'error' || empty ? [] : [{ type: 'result', data: { ...data } }];
}
