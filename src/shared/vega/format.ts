import type { Cell, Column } from '../view.ts';

const NUMBER = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });

/** Text of a value as every picture and table shows it; empty for null. */
export function formatCell(value: Cell, type: Column['type']): string {
  if (value === null) return '';
  if (typeof value !== 'number') return String(value);
  return type === 'time' ? formatTime(value) : NUMBER.format(value);
}

/** A number with thousands separators and at most three decimals. */
export function formatNumber(value: number): string {
  return NUMBER.format(value);
}

const UNITS = ['', 'k', 'M', 'G', 'T', 'P'];

/** A number in about four characters, as axes write it: 940, 1.25k, 31M. */
export function formatShort(value: number): string {
  const size = Math.abs(value);
  const rank = size < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(size) / 3));
  return `${Number((value / 1000 ** rank).toPrecision(3))}${UNITS[rank] ?? ''}`;
}

/** `2026-11-23 14:02:11`, in the time zone of this machine, from epoch milliseconds. */
export function formatTime(epochMs: number): string {
  const time = new Date(epochMs);
  if (Number.isNaN(time.getTime())) return '';
  const day = [time.getFullYear(), pad(time.getMonth() + 1), pad(time.getDate())].join('-');
  return `${day} ${formatClock(epochMs)}`;
}

/** `14:02:11`, in the time zone of this machine, from epoch milliseconds. */
export function formatClock(epochMs: number): string {
  const time = new Date(epochMs);
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map(pad).join(':');
}

function pad(part: number): string {
  return String(part).padStart(2, '0');
}
