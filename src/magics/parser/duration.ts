import { z } from 'zod';

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000
};
const PART = /(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d)/g;
const WHOLE = /^(?:\d+(?:\.\d+)?\s*(?:ms|s|min|m|h|d)\s*)+$/;

/** A time such as `30s`, `5m` or `1h30m` in milliseconds; null where the text is none. */
export function parseDuration(text: string): number | null {
  if (!WHOLE.test(text)) return null;
  return [...text.matchAll(PART)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0),
    0
  );
}

/** An argument that is such a time, from `minMs` to `maxMs`. */
export function duration(minMs: number, maxMs: number, range: string) {
  return z.string().transform((text, context) => {
    const ms = parseDuration(text);
    if (ms !== null && ms >= minMs && ms <= maxMs) return ms;
    context.addIssue({ code: 'custom', message: `must be a time such as 30s, 5m or 1h, ${range}` });
    return z.NEVER;
  });
}
