import type { Cell, Column } from '../../shared/view.ts';

/** A time of the day and no zone: Spark reads it in the zone of its session. */
const WITHOUT_ZONE = /^\d{4}-\d\d?-\d\d?[ T]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?$/;

/**
 * A value of a record as the cell that a result has of it: numbers as numbers, times as epoch milliseconds, the
 * rest as text or true and false. Undefined where it is none of this type.
 */
export function toCell(value: unknown, type: Column['type']): Cell | undefined {
  if (value === null || value === undefined) return null;
  if (type === 'time') return toTime(value);
  if (type === 'number') return toNumber(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return undefined;
}

/** Whether a value of a record is what the cell shows. */
export function isCell(value: unknown, type: Column['type'], cell: Cell): boolean {
  const own = toCell(value, type);
  if (own === undefined) return false;
  if (own === null || cell === null) return own === cell;
  return own === cell || String(own) === String(cell);
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'string' && value.trim() === '') return undefined;
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : NaN;
  return Number.isNaN(number) ? undefined : number;
}

function toTime(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const time = Date.parse(WITHOUT_ZONE.test(text) ? text.replace(' ', 'T') : text);
  return Number.isNaN(time) ? undefined : time;
}
