import { integerParameter } from './paging.ts';

/** Finds by id or by name what has both. A text of digits is always an id; one beyond `int` is refused. */
export function byIdOrName<Item extends { readonly name: string | null }>(
  idOrName: string,
  items: ReadonlyMap<number, Item>
): Item | undefined {
  if (/^\d+$/.test(idOrName)) return items.get(integerParameter(idOrName, 0));
  return [...items.values()].find(({ name }) => name === idOrName);
}
