import { VIEW_MIME } from '../../src/shared/names.ts';
import type { Cell, Column, ViewFrame, ViewSnapshot, ViewSpec } from '../../src/shared/view.ts';
import type { CellOnFile } from './notebook-file.ts';

export interface StrangeView {
  readonly title?: string;
  readonly kind?: ViewSpec['kind'];
  readonly columns?: readonly Column[];
  readonly data?: Readonly<Record<string, readonly Cell[]>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly category?: string | null;
  readonly values?: readonly string[];
  readonly definition?: Readonly<Record<string, unknown>> | null;
  /** Rows that are shown; 20 where it is not said. */
  readonly limit?: number;
  /** Whether the page asks the kernel for more. */
  readonly live?: boolean;
}

/** Rows that every strange view holds where it does not say otherwise. */
export const HONEST_ROWS = { word: ['stone', 'wheel'], n: [12, 7] } as const;
const COLUMNS: readonly Column[] = [
  { name: 'word', type: 'text' },
  { name: 'n', type: 'number' }
];
const SAVED_AT = Date.UTC(2026, 0, 2, 3, 4, 5);

/** A saved view as a stranger may have written it: right in its form, whatever it holds. */
export function strangeSnapshot(id: string, strange: StrangeView): ViewSnapshot {
  const { title = 'A stranger', kind = 'bars', live = false } = strange;
  const view: ViewSpec = {
    id,
    stream: 'stranger',
    title,
    kind,
    columns: [...(strange.columns ?? COLUMNS)],
    category: strange.category === undefined ? 'word' : strange.category,
    series: null,
    values: [...(strange.values ?? ['n'])],
    limit: strange.limit ?? 20,
    windowMs: null,
    definition: strange.definition ?? null
  };
  return {
    version: 1,
    view,
    frame: strangeFrame(strange, live ? 'live' : 'stopped'),
    seq: 1,
    savedAt: SAVED_AT,
    final: !live
  };
}

/** A state of such a view. */
export function strangeFrame(
  { data = HONEST_ROWS, labels = {} }: StrangeView,
  state: ViewFrame['status']['state'] = 'live'
): ViewFrame {
  return {
    status: {
      state,
      mode: 'real-time',
      reason: '',
      inputRate: 0,
      resultRate: 0,
      latencyMs: null,
      latencyP95Ms: null,
      rows: 2,
      dropped: 0,
      dead: 0,
      backlog: null,
      batch: null,
      topicRecords: null,
      offered: null,
      late: 0,
      watermark: null,
      startedAt: SAVED_AT,
      updatedAt: SAVED_AT
    },
    data: Object.fromEntries(Object.entries(data).map(([name, cells]) => [name, [...cells]])),
    labels: { ...labels },
    total: 2,
    sum: 19,
    eventTimeMax: null,
    historyFrom: null
  };
}

/** A cell with such a view; `spoil` changes what stands in the file. */
export function strangeCell(
  id: string,
  strange: StrangeView,
  spoil: (snapshot: ViewSnapshot) => unknown = snapshot => snapshot
): CellOnFile {
  return {
    source: `# ${id}`,
    outputs: [{ [VIEW_MIME]: spoil(strangeSnapshot(id, strange)), 'text/plain': 'saved text' }]
  };
}
