import type { StreamQuery } from '../streams/port.ts';
import { selectLists, type Expression, type SelectList } from './select-lists.ts';
import { filtersOf, sqlTokens, type Token } from './sql-tokens.ts';
import { windowCalls, type WindowCall } from './sql-window.ts';

/** Where a column of a result comes from. */
export type Origin =
  | { readonly kind: 'column'; readonly column: string }
  /** A bound of the time window that the column of the source falls into. */
  | {
      readonly kind: 'window';
      readonly column: string;
      readonly lengthMs: number;
      readonly bound: 'start' | 'end';
    }
  /** A word of a text record. */
  | { readonly kind: 'word' }
  /** An expression, which is not evaluated here. */
  | { readonly kind: 'other' };

const OTHER: Origin = { kind: 'other' };

/** What of a query's text says which records are behind a row. */
export interface Origins {
  of(column: string): Origin;
  /** Clauses that leave records out, such as `WHERE`. */
  readonly filters: readonly string[];
}

/**
 * Follows the columns of a result to those of its sources: by name, through aliases, subqueries and windows.
 * What cannot be followed for sure is `other`.
 */
export function originsOf(query: StreamQuery): Origins {
  if (query.kind === 'rows') return { of: column => ({ kind: 'column', column }), filters: [] };
  if (query.kind === 'wordcount')
    return { of: column => (column === 'word' ? { kind: 'word' } : OTHER), filters: [] };
  const tokens = sqlTokens(query.text);
  const paths = new Paths(tokens);
  return { of: column => paths.follow(column.toLowerCase(), 0), filters: filtersOf(tokens) };
}

class Paths {
  readonly #lists: readonly SelectList[];
  readonly #windows: readonly WindowCall[];
  /** Two lists side by side, as of a UNION: a name does not say which one it is of. */
  readonly #branches: boolean;

  constructor(tokens: readonly Token[]) {
    this.#lists = selectLists(tokens);
    this.#windows = windowCalls(tokens);
    this.#branches = new Set(this.#lists.map(({ depth }) => depth)).size < this.#lists.length;
  }

  /** The origin of a name that the list at `level` gives; below the innermost list are the sources. */
  follow(name: string, level: number): Origin {
    if (this.#branches || this.#lists.length === 0) return OTHER;
    const list = this.#lists[level];
    if (list === undefined) return this.#window(name) ?? { kind: 'column', column: name };
    const item = list.items.find(one => one.name === name);
    if (item !== undefined) return this.#origin(item.is, level + 1);
    return list.all ? this.follow(name, level + 1) : OTHER;
  }

  #origin(is: Expression, level: number): Origin {
    if (is.kind === 'other') return OTHER;
    if (is.kind === 'window') return withBound(this.#ofWindow(is.window, level), is.field);
    const [last = '', owner] = is.path.toReversed();
    if (owner !== undefined && (last === 'start' || last === 'end')) {
      const window = this.follow(owner, level);
      if (window.kind === 'window') return withBound(window, last);
    }
    return this.follow(last, level);
  }

  /**
   * A window that is grouped by and selected by its name; several of one name must be the same. One of another
   * window is not followed.
   */
  #window(name: string): Origin | null {
    const [first, ...others] = this.#windows.filter(window => window.name === name);
    if (first === undefined) return null;
    if (this.#windows.some(window => window.name === first.column)) return OTHER;
    const same = others.every(
      ({ column, lengthMs }) => column === first.column && lengthMs === first.lengthMs
    );
    return same ? this.#ofWindow(first, this.#lists.length) : OTHER;
  }

  #ofWindow({ column, lengthMs }: WindowCall, level: number): Origin {
    const origin = this.follow(column, level);
    if (origin.kind !== 'column') return OTHER;
    return { kind: 'window', column: origin.column, lengthMs, bound: 'start' };
  }
}

/** A window itself is shown by its start. */
function withBound(origin: Origin, field: string): Origin {
  if (origin.kind !== 'window' || field === '') return origin;
  return field === 'start' || field === 'end' ? { ...origin, bound: field } : OTHER;
}
