import type { Clock } from '../../clock.ts';
import type { StackEventView } from '../control/port.ts';
import type { Layer } from '../environment/spec.ts';
import { usualMs } from './usual.ts';

/** Where one resource stands. The same resource is told of again while it is in progress. */
export interface ProgressEvent {
  readonly layer: Layer;
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string | null;
  /** When this was so, epoch milliseconds. */
  readonly at: number;
  /** Since its present operation began. */
  readonly elapsedMs: number;
  readonly usualMs: number;
}

export type OnProgress = (event: ProgressEvent) => void;

const STACK = 'AWS::CloudFormation::Stack';
const BEGINNINGS = ['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS'];

/** Whether an event is about the stack itself. */
export function isOfStack(event: StackEventView): boolean {
  return event.type === STACK;
}

/** Identities of the events before the operation that is going on; `events` are newest first. */
export function eventsBefore(events: readonly StackEventView[]): ReadonlySet<string> {
  const beginning = events.findIndex(
    event => isOfStack(event) && BEGINNINGS.includes(event.status)
  );
  return new Set((beginning < 0 ? [] : events.slice(beginning + 1)).map(event => event.id));
}

interface Watched {
  readonly event: StackEventView;
  readonly since: number;
}

const isRunning = (status: string): boolean => status.endsWith('_IN_PROGRESS');

/**
 * Takes the events of a stack as they are read, oldest first and each once, and tells of every one of them; resources in
 * progress are told of again at each look, with the time that has passed.
 */
export function trackProgress(layer: Layer, clock: Clock, tell: OnProgress) {
  const watched = new Map<string, Watched>();

  function say({ event, since }: Watched, at: number): void {
    tell({
      layer,
      logicalId: event.logicalId,
      type: event.type,
      status: event.status,
      reason: event.reason,
      at,
      // The clock of AWS may be ahead of ours.
      elapsedMs: Math.max(0, at - since),
      usualMs: usualMs(event.type, event.status.startsWith('DELETE_'))
    });
  }

  return (fresh: readonly StackEventView[]): void => {
    const old = [...watched.values()].filter(({ event }) => isRunning(event.status));
    const changed = new Set<string>();
    for (const event of fresh) {
      if (isOfStack(event)) continue;
      const before = watched.get(event.logicalId);
      const goesOn = before !== undefined && isRunning(before.event.status);
      const now = { event, since: goesOn ? before.since : event.at };
      watched.set(event.logicalId, now);
      changed.add(event.logicalId);
      const isNewest = fresh.findLast(one => one.logicalId === event.logicalId) === event;
      // One that has been running for long when it is first seen, after a restart, has its whole time.
      say(now, isNewest && isRunning(event.status) ? clock.now() : event.at);
    }
    for (const one of old) if (!changed.has(one.event.logicalId)) say(one, clock.now());
  };
}
