import { isFinal } from '../stream-status.ts';
import type { ViewSnapshot } from '../view.ts';
import { formatNumber, formatTime } from './format.ts';

/** When a saved picture was so, and of how many rows it tells: `stopped 2026-11-23 14:02:11 · 1,204 rows`. */
export function stampLine({ frame, savedAt }: ViewSnapshot): string {
  const { state, rows } = frame.status;
  const time = formatTime(savedAt);
  const when = isFinal(state) ? `${state} ${time}` : `saved ${time} while ${state}`;
  return `${when} · ${formatNumber(rows)} rows`;
}
