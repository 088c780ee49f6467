import type { Clock } from '../clock.ts';

/** The result of `work`; rejects when it fails or takes longer than `ms`, or when the signal is aborted. */
export async function within<Result>(
  ms: number,
  clock: Clock,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>
): Promise<Result> {
  const limit = new AbortController();
  const ended = AbortSignal.any([signal, limit.signal]);
  const late = clock.sleep(ms, ended).then(() => {
    throw new Error(`no answer within ${ms} ms`);
  });
  late.catch(() => undefined);
  const answer = work(ended);
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    // Ends the sleep, and the work where it goes on.
    limit.abort();
  }
}
