import { serverMessageSchema, type ServerMessage } from '../../shared/live-protocol.ts';
import {
  VIEW_BOUNDS,
  viewFrameSchema,
  viewSnapshotSchema,
  type ViewFrame,
  type ViewSnapshot
} from '../../shared/view.ts';

/** Views that one message may carry; a page shows fewer. */
const MAX_VIEWS = 500;

/**
 * Reads a message of a kernel; null where it is none. A list of what runs that does not fit is left out,
 * so that it does not take the frames beside it along.
 */
export function readMessage(data: unknown): ServerMessage | null {
  if (!isObject(data) || tooMany(data.views, MAX_VIEWS)) return null;
  const parsed = serverMessageSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  if (data.type !== 'frame' || !('inventory' in data)) return null;
  const rest = Object.entries(data).filter(([name]) => name !== 'inventory');
  return serverMessageSchema.safeParse(Object.fromEntries(rest)).data ?? null;
}

/** The number of the question that an answer which cannot be read belongs to; null where there is none. */
export function requestOf(data: unknown): number | null {
  return isObject(data) && typeof data.request === 'number' ? data.request : null;
}

/**
 * Reads a frame; null where it is none. Its sizes are looked at first: a frame of a hostile kernel is not
 * walked through to find out that it is too large.
 */
export function readFrame(value: unknown): ViewFrame | null {
  if (!isObject(value) || !isSmall(value.data) || tooMany(value.labels, VIEW_BOUNDS.columns))
    return null;
  return viewFrameSchema.safeParse(value).data ?? null;
}

/** Reads what a notebook keeps of a view, of whatever origin; null where it is none. */
export function readSnapshot(value: unknown): ViewSnapshot | null {
  if (!isObject(value) || readFrame(value.frame) === null) return null;
  return viewSnapshotSchema.safeParse(value).data ?? null;
}

function isSmall(data: unknown): boolean {
  if (!isObject(data) || tooMany(data, VIEW_BOUNDS.columns)) return false;
  const lengths = Object.values(data).map(cells => (Array.isArray(cells) ? cells.length : 0));
  return lengths.reduce((sum, length) => sum + length, 0) <= VIEW_BOUNDS.cells;
}

function tooMany(value: unknown, most: number): boolean {
  if (Array.isArray(value)) return value.length > most;
  return isObject(value) && Object.keys(value).length > most;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
