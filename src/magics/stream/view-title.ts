import type { ViewKind } from '../../shared/view.ts';
import type { Definition } from './vega-lite-text.ts';
import type { ViewFields } from './view-fields.ts';

type Describe = (parts: {
  readonly value: string;
  readonly category: string;
  readonly series: string | null;
}) => string;

const DESCRIPTIONS: Readonly<Record<Exclude<ViewKind, 'table' | 'vega-lite'>, Describe>> = {
  bars: ({ value, category }) => `${value} by ${category}`,
  line: ({ value, series }) => `${value}${series === null ? '' : ` by ${series}`} over time`,
  number: ({ value }) => (value === '' ? 'count' : value),
  histogram: ({ category }) => `how ${category} is spread`,
  heatmap: ({ value, category, series }) => `${value} by ${category} and ${series ?? ''}`
};

/** What a view shows, after the name of its stream; an own specification may have a title. */
export function viewTitle(
  stream: string,
  kind: ViewKind,
  { category, series, values, measured }: ViewFields,
  definition: Definition | null = null
): string {
  const own = definition?.['title'];
  if (typeof own === 'string' && own !== '') return own;
  if (kind === 'table' || kind === 'vega-lite') return stream;
  const parts = { value: measured ?? values.join(', '), category: category ?? '', series };
  return `${stream}: ${DESCRIPTIONS[kind](parts)}`;
}
