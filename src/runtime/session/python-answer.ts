import { z } from 'zod';
import { ERROR_CODES, HeadraceError } from '../../shared/errors.ts';
import { cellOutputs } from '../livy/cell-outputs.ts';
import type { StatementOutput } from '../livy/port.ts';

/** A failure that a person can act on, as Python tells it. */
export const failureSchema = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  why: z.string().optional(),
  next: z.string().optional()
});
type Failure = z.infer<typeof failureSchema>;

/** The words for an output that is no answer. */
export interface WithoutAnswer {
  readonly message: string;
  readonly next: string;
}

/** What an entry function of our Python code has answered; rejects what it refused with its own words. */
export function readAnswer<Answer extends z.ZodType>(
  output: StatementOutput,
  answer: Answer,
  without: WithoutAnswer
): z.infer<Answer> {
  const read = z
    .string()
    .transform(line => JSON.parse(line) as unknown)
    .pipe(z.union([z.object({ ok: answer }), z.object({ error: failureSchema })]))
    .safeParse(answerLine(output));
  if (!read.success) throw unexpected(output, without, read.error);
  const said = read.data as { ok: z.infer<Answer> } | { error: Failure };
  if ('error' in said) throw failed(said.error);
  return said.ok;
}

/** The last line that is an answer: other threads of the session may print as well. */
function answerLine(output: StatementOutput): string | undefined {
  if (output.status === 'error') return undefined;
  const text = cellOutputs(output)
    .map(one => (one.type === 'stream' ? one.text : one.data['text/plain']))
    .filter(one => typeof one === 'string')
    .join('\n');
  return text.split('\n').findLast(line => line.startsWith('{"ok"') || line.startsWith('{"error"'));
}

function failed({ code, message, why, next }: Failure): HeadraceError {
  return new HeadraceError(code, message, {
    ...(why === undefined ? {} : { why }),
    ...(next === undefined ? {} : { next })
  });
}

function unexpected(
  output: StatementOutput,
  { message, next }: WithoutAnswer,
  cause: unknown
): HeadraceError {
  const told = output.status === 'error' ? `${output.ename}: ${output.evalue}` : 'no answer came';
  return new HeadraceError('HR_INTERNAL', message, {
    why: told.split('\n')[0] ?? told,
    next,
    cause
  });
}
