import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';

/** Time for the rest of a body that is refused for its size, milliseconds. */
const READ_LIMIT_MS = 10_000;

/**
 * Reads what is left of a body and drops it, for a limited time. A client that writes its whole request
 * before it reads would lose the answer where the connection was closed on it.
 */
export async function dropBody(request: IncomingMessage): Promise<void> {
  if (request.readableEnded || request.destroyed) return;
  request.resume();
  await once(request, 'end', { signal: AbortSignal.timeout(READ_LIMIT_MS) }).catch(() => undefined);
}
