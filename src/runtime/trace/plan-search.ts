import type { ConsumedRecord } from '../kafka/port.ts';
import { conditionOf, type Condition } from './conditions.ts';
import { caveats, listed, notCompared, notSearched, notToldApart } from './notes.ts';
import { recordParser, type RecordParser } from './parse-record.ts';
import type { TraceRequest } from './request.ts';
import { originsOf } from './sql-origins.ts';
import { wantedColumns, type Wanted } from './wanted.ts';

/** How to find the records behind a row. */
export interface Search {
  readonly topics: readonly string[];
  matches(record: ConsumedRecord): boolean;
  /** What limits the answer. */
  readonly notes: readonly string[];
  /** What limits it where records were found. */
  readonly caveats: readonly string[];
}

/** A search, or one sentence that says why there is none. */
export type Plan = Search | { readonly refusal: string };

/** Plans the search for a row: conditions on the columns of its sources, as far as its query can be read. */
export function planSearch(request: TraceRequest): Plan {
  const { stream } = request;
  const found = wantedColumns(request);
  if (found.refusal !== null) return found;
  const origins = originsOf(stream.spec.query);
  const parsers = new Map(stream.spec.sources.map(one => [one.topic, recordParser(one)]));
  const { conditions, computed } = comparable(request, found.wanted, [...parsers.values()]);
  const hidden = untold(request, found.wanted);
  const ofAll = stream.aggregated && stream.keys.length === 0;
  if (conditions.length === 0 && !ofAll) return { refusal: refusalFor(computed, hidden) };
  const { topics, matches } = matcher(parsers, conditions);
  const skipped = [...parsers.keys()].filter(topic => !topics.includes(topic));
  return {
    topics,
    matches,
    notes: [
      ...(ofAll ? ['The query makes one row of all records.'] : []),
      ...notCompared(computed),
      ...notSearched(skipped)
    ],
    caveats: [...notToldApart(hidden), ...caveats(stream.spec, origins.filters)]
  };
}

/** Conditions for what can be compared, and the columns that cannot. */
function comparable(
  { stream }: TraceRequest,
  wanted: readonly Wanted[],
  parsers: readonly RecordParser[]
): { conditions: Condition[]; computed: string[] } {
  const origins = originsOf(stream.spec.query);
  const conditions: Condition[] = [];
  const computed: string[] = [];
  for (const one of wanted) {
    const type = stream.columns.find(({ name }) => name === one.column)?.type ?? 'text';
    const condition = conditionOf(one, origins.of(one.column), type);
    const known = condition !== null && parsers.some(parser => parser.has(condition.column));
    if (known) conditions.push(condition);
    else computed.push(one.column);
  }
  return { conditions, computed };
}

/** Columns that tell rows of the result apart and are not in the row of the view. */
function untold({ stream, view }: TraceRequest, wanted: readonly Wanted[]): string[] {
  const series = view.kind === 'line' && view.series !== null ? [view.series] : [];
  return [...new Set([...stream.keys, ...series])].filter(
    name => !wanted.some(({ column }) => column === name)
  );
}

function refusalFor(computed: readonly string[], hidden: readonly string[]): string {
  if (computed.length > 0)
    return `The records cannot be told from the row: the query computes ${listed(computed)}.`;
  return hidden.length > 0
    ? `The records cannot be told from the row: it does not say ${listed(hidden)}.`
    : 'The row has no column by which records could be told.';
}

/** Records of a topic must meet the conditions whose columns the topic has. */
function matcher(
  parsers: ReadonlyMap<string, RecordParser>,
  conditions: readonly Condition[]
): Pick<Search, 'topics' | 'matches'> {
  const tests = new Map<string, (record: ConsumedRecord) => boolean>();
  for (const [topic, parser] of parsers) {
    const own = conditions.filter(({ column }) => parser.has(column));
    if (own.length > 0 || conditions.length === 0) tests.set(topic, test(parser, own));
  }
  const matches = (record: ConsumedRecord) => tests.get(record.topic)?.(record) === true;
  return { topics: [...tests.keys()], matches };
}

function test(
  parser: RecordParser,
  conditions: readonly Condition[]
): (record: ConsumedRecord) => boolean {
  return record => {
    const values = parser.parse(record);
    return (
      values !== null && conditions.every(one => one.holds(values.get(one.column.toLowerCase())))
    );
  };
}
