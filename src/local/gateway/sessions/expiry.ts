import { rejected } from '../http/refusal.ts';
import type { Session } from './session.ts';

/** How long a dead session can still be asked for its log, as `livy.server.session.state-retain.sec`. */
const DEAD_RETAINED_MS = 600_000;

const UNIT_MS: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000
};

/** Milliseconds of a duration such as `10m`; a bare number is milliseconds. Null for what cannot be read. */
export function durationMs(text: string | null): number | null {
  const match = /^(\d+)\s*([a-z]*)$/i.exec(text?.trim() ?? '');
  const unit = UNIT_MS[match?.[2]?.toLowerCase() ?? ''] ?? (match?.[2] === '' ? 1 : null);
  return match === null || unit === null ? null : Number(match[1]) * unit;
}

/** Refuses what Livy cannot read as a time such as `10m`. */
export function checkTime(text: string | null): void {
  if (text === null) return;
  const [, digits, unit] = /^(-?\d+)([a-z]+)?$/.exec(text.trim().toLowerCase()) ?? [];
  if (digits === undefined) throw rejected(`Invalid time string: ${text}`);
  if (unit !== undefined && !Object.hasOwn(UNIT_MS, unit))
    throw rejected(`Invalid suffix: "${unit}"`);
  if (digits.startsWith('-')) throw rejected(`Invalid value: ${Number(digits)}`);
}

/** Whether a session has outlived what its create request allowed, or has been dead for long enough. */
export function isExpired(session: Session, now: number): boolean {
  const { request, diedAt } = session;
  const { heartbeatTimeoutInSecond: heartbeat } = request;
  const ttl = durationMs(request.ttl);
  const idle = durationMs(request.idleTimeout);
  return (
    (diedAt !== null && now - diedAt > DEAD_RETAINED_MS) ||
    (heartbeat > 0 && now - session.lastHeartbeat > heartbeat * 1_000) ||
    (ttl !== null && now - session.createdAt > ttl) ||
    (idle !== null && session.state !== 'busy' && now - session.lastActivity > idle)
  );
}
