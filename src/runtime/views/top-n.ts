/** A total order: negative when `left` comes first. Never 0 for different items. */
export type Order<T> = (left: T, right: T) => number;

/**
 * The first `limit` items in order, as sorting and cutting would give, in O(n log limit): most items
 * of a long tail are turned away by one comparison.
 */
export function topN<T>(items: Iterable<T>, limit: number, order: Order<T>): T[] {
  const best: T[] = [];
  for (const item of items) {
    const last = best[limit - 1];
    if (last !== undefined && order(item, last) >= 0) continue;
    best.splice(insertionPoint(best, item, order), 0, item);
    if (best.length > limit) best.pop();
  }
  return best;
}

function insertionPoint<T>(sorted: readonly T[], item: T, order: Order<T>): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = sorted[middle];
    if (at !== undefined && order(at, item) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
