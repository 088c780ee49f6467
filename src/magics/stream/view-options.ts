import { z } from 'zod';
import type { NotebookRuntime } from '../../runtime/notebook/port.ts';
import { HeadraceError } from '../../shared/errors.ts';
import { VIEW_KINDS, type ViewKind } from '../../shared/view.ts';
import { nearest } from '../parser/nearest.ts';
import { duration } from '../parser/duration.ts';
import {
  parseDefinition,
  readDefinition,
  type Definition,
  type SpecText
} from './vega-lite-text.ts';
import type { ViewRequest } from './view-request.ts';

const MAX_ROWS = 1_000;
const SECOND = 1_000;
const DAY = 86_400 * SECOND;
const WINDOWS = ['30s', '1m', '5m', '15m', '1h'];

/** A kind of view, or a file with a Vega-Lite specification. */
export const chartArgument = z
  .string()
  .superRefine((text, context) => {
    if (isFile(text) || isKind(text)) return;
    const near = nearest(text, VIEW_KINDS);
    const kinds = `must be one of ${VIEW_KINDS.join(', ')}, or a file that ends in .json`;
    const message = near === null ? kinds : `${kinds}; perhaps ${near}`;
    context.addIssue({ code: 'custom', message });
  })
  .optional()
  .describe(
    `Kind of view (${VIEW_KINDS.join(', ')}), or a file with a Vega-Lite specification. Chosen from the columns where it is left out.`
  );

/** Arguments that say what a view shows. */
export const viewArguments = {
  top: z
    .int()
    .positive()
    .max(MAX_ROWS)
    .optional()
    .describe('How many bars, rows, cells, bins or points the view shows at most.'),
  window: duration(SECOND, DAY, 'from 1s to 1d')
    .optional()
    .describe('Line, number: how far back the view reaches, such as 30s, 5m or 1h.'),
  x: z
    .string()
    .optional()
    .describe(
      'Column: the label of bars, the time of a line, what a histogram measures, across a heat map.'
    ),
  series: z
    .string()
    .optional()
    .describe(
      'Column: its values are the lines of a line, at most 8, or what stands down a heat map.'
    ),
  value: z
    .array(z.string())
    .default([])
    .describe('Column of numbers that is shown; a line and a table may have several.')
};

/** What a person said about a view. */
export interface ViewOptions {
  readonly top?: number | undefined;
  readonly window?: number | undefined;
  readonly x?: string | undefined;
  readonly series?: string | undefined;
  readonly value: readonly string[];
}

/** Where the kind of a view comes from. */
export interface ChartSource {
  /** A kind or a file; checked by `chartArgument`. */
  readonly chart: string | undefined;
  /** How that argument is called, for messages. */
  readonly flag: string;
  /** A specification in the body of the cell. */
  readonly spec: SpecText | null;
  /** Folder of the notebook. */
  readonly cwd: string;
}

/**
 * The view that the arguments ask for.
 *
 * @throws HR_USAGE for a specification that is none, or beside another kind; HR_FILE
 */
export async function viewRequest(options: ViewOptions, source: ChartSource): Promise<ViewRequest> {
  const definition = await definitionOf(source);
  const { chart } = source;
  return {
    kind: definition !== null ? 'vega-lite' : isKind(chart) ? chart : undefined,
    limit: options.top,
    windowMs: options.window,
    x: options.x,
    series: options.series,
    values: options.value,
    definition
  };
}

async function definitionOf({ chart, flag, spec, cwd }: ChartSource): Promise<Definition | null> {
  if (spec !== null && chart !== undefined && chart !== 'vega-lite')
    throw new HeadraceError('HR_USAGE', `The cell has a specification and ${flag} ${chart}`, {
      next: 'Leave one of them out.'
    });
  if (spec !== null) return parseDefinition(spec);
  if (chart !== undefined && isFile(chart)) return readDefinition(cwd, chart);
  if (chart !== 'vega-lite') return null;
  throw new HeadraceError('HR_USAGE', 'The view vega-lite has no specification', {
    next: `Write one as the body of a cell magic, or name a file: ${flag} chart.json.`
  });
}

function isKind(text: string | undefined): text is ViewKind {
  return VIEW_KINDS.some(kind => kind === text);
}

function isFile(text: string): boolean {
  return text.endsWith('.json');
}

/** Kinds, times and columns for the arguments of a view. */
export async function completeView(
  argument: string,
  runtime: NotebookRuntime
): Promise<readonly string[]> {
  if (argument === 'chart' || argument === 'kind') return VIEW_KINDS;
  if (argument === 'window') return WINDOWS;
  if (!['x', 'series', 'value'].includes(argument) || runtime.endpoints === null) return [];
  const streams = (await runtime.streams()).list();
  const names = streams.flatMap(({ columns }) => columns.map(column => column.name));
  return [...new Set(names)];
}
