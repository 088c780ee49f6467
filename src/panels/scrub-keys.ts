import type { TimeSpan } from './chart-input.ts';

const STEP_MS = 1_000;
const PAGE_MS = 10_000;

/** The moment that a key of a slider leads to; `live` is past its right end, null another key. */
export function scrubTo(key: string, at: number, range: TimeSpan): number | 'live' | null {
  const by = (ms: number): number | 'live' => {
    const next = Math.max(range.from, at + ms);
    return next >= range.to ? 'live' : next;
  };
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return by(-STEP_MS);
    case 'ArrowRight':
    case 'ArrowUp':
      return by(STEP_MS);
    case 'PageDown':
      return by(-PAGE_MS);
    case 'PageUp':
      return by(PAGE_MS);
    case 'Home':
      return range.from;
    case 'End':
      return 'live';
    default:
      return null;
  }
}

/** Where a moment lies in a range, 0 to 1. */
export function shareOf(at: number, { from, to }: TimeSpan): number {
  return to <= from ? 1 : Math.min(1, Math.max(0, (at - from) / (to - from)));
}
