/** One page of a listing, and how to ask for the next; undefined after the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/** Items of as many pages as it takes for `most` of them. */
export async function firstPages<Item>(
  ask: (next: string | undefined) => Promise<Page<Item>>,
  most: number
): Promise<readonly Item[]> {
  const all: Item[] = [];
  let next: string | undefined;
  do {
    const page = await ask(next);
    all.push(...page.items);
    next = page.next;
  } while (next !== undefined && next !== '' && all.length < most);
  return all.slice(0, most);
}

/** Items of all pages. */
export function allPages<Item>(
  ask: (next: string | undefined) => Promise<Page<Item>>
): Promise<readonly Item[]> {
  return firstPages(ask, Infinity);
}
