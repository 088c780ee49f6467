import { HeadraceError } from '../../shared/errors.ts';
import { nearest } from '../parser/nearest.ts';

/** A table after FROM, JOIN or a comma in a FROM list: backquoted, or a plain name. */
const TABLE = /(?:\bfrom|\bjoin|,)\s+(?:`([^`]+)`|([A-Za-z0-9_.-]+))/gi;
const COMMENT_OR_TEXT = /--.*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|\\.)*'/g;

/** Names that a query uses like tables, in their order, each once. */
export function tablesOf(sql: string): readonly string[] {
  const plain = sql.replace(COMMENT_OR_TEXT, ' ');
  const names = [...plain.matchAll(TABLE)].map(match => match[1] ?? match[2] ?? '');
  return [...new Set(names)];
}

/**
 * The topics that a streaming query reads: those that were named, or the topics among its tables.
 *
 * @throws HR_USAGE where the query names none of them, or leaves out one that was named
 */
export function topicsOf(
  sql: string,
  named: readonly string[],
  existing: readonly string[]
): readonly string[] {
  const tables = tablesOf(sql);
  const unused = named.find(topic => !tables.includes(topic));
  if (unused !== undefined)
    throw new HeadraceError('HR_USAGE', `The query does not read the topic ${unused}`, {
      next: `Write FROM \`${unused}\` in it, or leave out --from ${unused}.`
    });
  if (named.length > 0) return named;
  const found = tables.filter(table => existing.includes(table));
  if (found.length > 0) return found;
  const near = nearest(tables[0] ?? '', existing);
  throw new HeadraceError('HR_USAGE', 'The query reads no topic', {
    next: near === null ? 'Name one with --from TOPIC.' : `Did you mean FROM \`${near}\`?`
  });
}
