import { randomUUID } from 'node:crypto';
import { HeadraceError } from '../../shared/errors.ts';
import { VIEW_BOUNDS, type ViewKind, type ViewSpec } from '../../shared/view.ts';
import { chooseKind } from './choose-kind.ts';
import { StreamColumns, type Schema } from './stream-columns.ts';
import { viewFields } from './view-fields.ts';
import { viewTitle } from './view-title.ts';
import type { ViewRequest } from './view-request.ts';

/** Rows that a view shows where nobody says how many. */
const DEFAULT_LIMIT: Readonly<Record<ViewKind, number>> = {
  bars: 20,
  table: 50,
  line: 600,
  number: 120,
  histogram: 40,
  heatmap: 400,
  'vega-lite': 500
};

/** What only some kinds understand; all take `--top`, and those without an entry `--value`. */
const KINDS_OF_FLAG: readonly {
  readonly flag: string;
  readonly kinds: readonly ViewKind[];
  readonly given: (request: ViewRequest) => boolean;
}[] = [
  {
    flag: '--x',
    kinds: ['bars', 'line', 'histogram', 'heatmap'],
    given: ({ x }) => x !== undefined
  },
  { flag: '--series', kinds: ['line', 'heatmap'], given: ({ series }) => series !== undefined },
  { flag: '--window', kinds: ['line', 'number'], given: ({ windowMs }) => windowMs !== undefined },
  {
    flag: 'several --value',
    kinds: ['line', 'table', 'vega-lite'],
    given: ({ values = [] }) => values.length > 1
  }
];

/**
 * The view of a stream, with a new id.
 *
 * @throws HR_USAGE for a kind that the columns cannot make, a column that does not exist, and an argument that
 *   the kind does not take
 */
export function viewFor(stream: Schema, request: ViewRequest): ViewSpec {
  const columns = new StreamColumns(stream);
  const kind = request.kind ?? chooseKind(columns, request);
  refuseUnused(kind, request);
  const fields = viewFields(kind, columns, request);
  return {
    ...fields,
    id: `${stream.name}-${randomUUID()}`,
    stream: stream.name,
    title: (request.title ?? viewTitle(stream.name, kind, fields, request.definition)).slice(
      0,
      VIEW_BOUNDS.name
    ),
    kind,
    windowMs: request.windowMs ?? null,
    definition: request.definition ?? null,
    limit: limitOf(kind, request.limit, fields.columns.length)
  };
}

function refuseUnused(kind: ViewKind, request: ViewRequest): void {
  const unused = KINDS_OF_FLAG.find(({ kinds, given }) => given(request) && !kinds.includes(kind));
  if (request.series !== undefined && (request.values ?? []).length > 1) throw severalBySeries();
  if (unused === undefined) return;
  throw new HeadraceError('HR_USAGE', `A view of the kind ${kind} does not take ${unused.flag}`, {
    why: `it is for ${unused.kinds.join(', ')}`,
    next: 'Leave it out, or choose one of these.'
  });
}

function severalBySeries(): HeadraceError {
  return new HeadraceError('HR_USAGE', 'A line with --series takes one --value', {
    next: 'Leave out the others, or write a chart for each.'
  });
}

/** No frame holds more than what pages take, however many columns there are. */
function limitOf(kind: ViewKind, asked: number | undefined, columns: number): number {
  const limit = asked ?? DEFAULT_LIMIT[kind];
  return Math.min(limit, Math.floor(VIEW_BOUNDS.cells / Math.max(1, columns)));
}
