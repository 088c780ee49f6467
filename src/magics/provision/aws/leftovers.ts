import type { Leftover } from '../../../runtime/aws/environments-port.ts';
import type { Table } from '../../output/table.ts';
import { formatHourly, formatMoney } from './amounts.ts';

/** What could not be removed, with its price; `next` says what to do. */
export function leftoverTable(left: readonly Leftover[], next: string): Table {
  return {
    columns: [
      { name: 'left' },
      { name: 'id', long: true },
      { name: 'why' },
      { name: 'per hour', numeric: true, optional: true }
    ],
    rows: left.map(({ what, id, why, perHour }) => [what, id, why, priceText(perHour)]),
    note: `${costText(left)} ${next}`
  };
}

/** One clause about one thing. */
export function leftoverText({ what, id, why, perHour }: Leftover): string {
  return `${what} ${id}: ${why}${perHour === null ? '' : `, ${formatMoney(perHour)} an hour`}`;
}

/** US dollars an hour of all whose price is known. */
export function hourlySum(left: readonly Leftover[]): number {
  return left.reduce((total, { perHour }) => total + (perHour ?? 0), 0);
}

function priceText(perHour: number | null): string {
  return perHour === null ? '' : formatHourly(perHour);
}

function costText(left: readonly Leftover[]): string {
  return left.every(({ perHour }) => perHour === null)
    ? 'It costs nothing by the hour, or its price is not known.'
    : `It costs ${formatMoney(hourlySum(left))} an hour${unpriced(left)}.`;
}

function unpriced(left: readonly Leftover[]): string {
  return left.some(({ perHour }) => perHour === null)
    ? ' as far as is known; a line without a price costs nothing, or its price is not known'
    : '';
}
