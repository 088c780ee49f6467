import { notANumber } from './refusal.ts';

/** Query parameters that choose a part of a list or log. */
export interface Paged {
  readonly from?: string;
  readonly size?: string;
}

/** A number of the query string or of a path, or the given value where it is absent; refuses what is no `int`. */
export function integerParameter(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= -(2 ** 31) && value < 2 ** 31)) throw notANumber(text);
  return value;
}

/** The part of a list that a request asks for. A negative `from` begins before the list, as in Livy. */
export function page<T>(
  items: readonly T[],
  { from: fromText, size: sizeText }: Paged,
  defaultSize: number
): { readonly from: number; readonly items: readonly T[] } {
  const from = integerParameter(fromText, 0);
  const end = from + integerParameter(sizeText, defaultSize);
  return { from, items: items.slice(Math.max(0, from), Math.max(0, end)) };
}
