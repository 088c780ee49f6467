import { topN } from './top-n.ts';

/** A rank changes only when the one below is larger by this share, so that near equals do not swap. */
const LEAD = 0.1;

/**
 * The largest names of a changing set, in an order that a person can follow: members stay until another is
 * clearly larger than the smallest of them, and keep their order until one is clearly larger than
 * the one before it.
 */
export class Ranking {
  #members: string[] = [];

  /** The `size` leading names of `sums`, the largest first; names that `sums` no longer has leave. */
  rank(sums: ReadonlyMap<string, number>, size: number): readonly string[] {
    const sumOf = (name: string): number => sums.get(name) ?? 0;
    const members = this.#members.filter(name => sums.has(name));
    settle(members, sumOf);
    members.splice(size);
    for (const name of challengers(sums, members, size)) {
      if (members.length >= size && !replaceSmallest(members, name, sumOf)) break;
      if (!members.includes(name)) members.push(name);
    }
    settle(members, sumOf);
    this.#members = members;
    return members;
  }
}

/** The largest names that are no members. */
function challengers(
  sums: ReadonlyMap<string, number>,
  members: readonly string[],
  size: number
): readonly string[] {
  const known = new Set(members);
  const others = [...sums].filter(([name]) => !known.has(name));
  const larger = topN(others, size, ([left, a], [right, b]) => b - a || (left < right ? -1 : 1));
  return larger.map(([name]) => name);
}

/** False when the name is not clearly larger than the smallest member. */
function replaceSmallest(
  members: string[],
  name: string,
  sumOf: (name: string) => number
): boolean {
  const smallest = Math.min(...members.map(sumOf));
  if (!leads(sumOf(name), smallest)) return false;
  members[members.findLastIndex(member => sumOf(member) === smallest)] = name;
  return true;
}

/** Moves up each name that clearly leads the one before it, until none does. */
function settle(names: string[], sumOf: (name: string) => number): void {
  for (let index = 1; index < names.length;) {
    const upper = names[index - 1] ?? '';
    const lower = names[index] ?? '';
    if (leads(sumOf(lower), sumOf(upper))) {
      names.splice(index - 1, 2, lower, upper);
      index = Math.max(1, index - 1);
    } else index += 1;
  }
}

function leads(sum: number, other: number): boolean {
  return sum - other > Math.abs(other) * LEAD;
}
