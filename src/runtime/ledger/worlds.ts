import type { LedgerRecord } from './record.ts';

/** Targets of which it is known what runs there; the ones left longest ago are forgotten first. */
const MAX_ELSEWHERE = 20;

type Left = LedgerRecord['elsewhere'][string];

/** Whether the notebook has been on this very stack of the target, so that its streams may run there. */
export function wasOn(record: LedgerRecord, target: string, stackId: string): boolean {
  return leftOn(record, target)?.stackId === stackId;
}

/**
 * The record of a notebook that has moved to a target: what runs on the one it leaves is kept by that name,
 * and what it left on this one, if it is the same stack still, is its own again.
 */
export function arriveAt(record: LedgerRecord, target: string, stackId: string): LedgerRecord {
  const there = leftOn(record, target);
  const same = there?.stackId === stackId ? there : { streams: [], batches: [] };
  const others = Object.entries(leaveBehind(record)).filter(([name]) => name !== target);
  return {
    ...record,
    target,
    stackId,
    streams: same.streams,
    batches: same.batches,
    elsewhere: Object.fromEntries(others.slice(-MAX_ELSEWHERE))
  };
}

/** The record of a notebook that is attached to nothing; with `forget` what it left on that target is gone too. */
export function leave(record: LedgerRecord, forget?: string): LedgerRecord {
  const others = Object.entries(record.elsewhere).filter(([name]) => name !== forget);
  return {
    ...record,
    target: null,
    stackId: null,
    streams: [],
    batches: [],
    elsewhere: Object.fromEntries(others)
  };
}

/** What runs on a target, as far as it was recorded. */
export function leftOn(record: LedgerRecord, target: string): Left | undefined {
  return new Map(Object.entries(leaveBehind(record))).get(target);
}

/** All targets with what runs there, the present one last. */
function leaveBehind({ target, stackId, streams, batches, elsewhere }: LedgerRecord) {
  if (target === null || stackId === null) return elsewhere;
  const others = Object.entries(elsewhere).filter(([name]) => name !== target);
  return Object.fromEntries([...others, [target, { stackId, streams, batches }]]);
}
