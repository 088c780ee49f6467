import { Refusal } from '../http/refusal.ts';

/** Does what writes the folder of a session or batch; refuses what the disk does not take, and says what helps. */
export function onDisk<Result>(owner: 'session' | 'batch', write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Refusal(500, {
      msg:
        `Rejected, Reason: the folder of the ${owner} cannot be written (${why}). ` +
        `Free some space on that disk and create the ${owner} again.`
    });
  }
}
