import { z } from 'zod';
import { ERROR_CODES, HeadraceError } from '../../shared/errors.ts';

/** A failure that a person can act on, as Python tells it. */
export const failureSchema = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  why: z.string().optional(),
  next: z.string().optional()
});
export type Failure = z.infer<typeof failureSchema>;

/** The line that each entry function prints. */
export function answerSchema<Answer extends z.ZodType>(answer: Answer) {
  return z.union([z.object({ ok: answer }), z.object({ error: failureSchema })]);
}

/** A failure that Python told, as an error. */
export function failed({ code, message, why, next }: Failure): HeadraceError {
  return new HeadraceError(code, message, {
    ...(why === undefined ? {} : { why }),
    ...(next === undefined ? {} : { next })
  });
}
