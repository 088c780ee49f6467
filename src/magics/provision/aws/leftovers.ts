import type { Leftover } from '../../../runtime/aws/environments-port.ts';
import type { Table } from '../../output/table.ts';
import { formatMoney } from './amounts.ts';

/** What could not be removed, with its price; `next` says what to do. */
export function leftoverTable(left: readonly Leftover[], next: string): Table {
  return {
    columns: [
      { name: 'left' },
      { name: 'id' },
      { name: 'why' },
      { name: 'per hour', numeric: true }
    ],
    rows: left.map(({ what, id, why, perHour }) => [what, id, why, priceText(perHour)]),
    note: `It costs ${formatMoney(hourlySum(left))} an hour${unpriced(left)}. ${next}`
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
  return perHour === null ? '' : formatMoney(perHour);
}

function unpriced(left: readonly Leftover[]): string {
  return left.some(({ perHour }) => perHour === null)
    ? ' as far as is known; a line without a price costs nothing, or its price is not known'
    : '';
}
