import type { LocalStack } from '../../runtime/stack-port.ts';

/** Long enough for a stack that writes its last checkpoints. */
const END_LIMIT_MS = 60_000;

/**
 * Ends the local stack when Ctrl-C has ended the last notebook; one that another program's notebook
 * still uses is left alone. True when it is gone.
 */
export async function endUnusedStack(
  stack: LocalStack,
  say: (line: string) => void
): Promise<boolean> {
  const status = await stack.status();
  if (!status.running) return true;
  if (status.leases > 0) {
    say(`The local stack goes on: ${status.leases} other notebooks use it.`);
    return false;
  }
  say('Stopping Kafka and Spark');
  await stack.down(() => undefined, AbortSignal.timeout(END_LIMIT_MS));
  return true;
}
