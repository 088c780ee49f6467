import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 100;

/**
 * Waits until `read` gives a value for which `holds` is true, and returns it. Throws after `limitMs`
 * with the last value, so that the failure says how far it came.
 */
export async function until<T>(
  what: string,
  limitMs: number,
  read: () => Promise<T>,
  holds: (value: T) => boolean
): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > deadline)
      throw new Error(
        `${what}: not within ${limitMs / 1000} s; last seen: ${JSON.stringify(value)}`
      );
    await sleep(POLL_MS);
  }
}
