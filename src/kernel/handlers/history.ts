import { z } from 'zod';
import type { CellHistory, HistoryEntry } from '../execution/cell-history.ts';
import { defineHandler, type MessageHandler } from './handler.ts';

/** Cells in an answer to a request that names no number. */
const DEFAULT_N = 100;

const historyContent = z.object({
  output: z.boolean().default(false),
  hist_access_type: z.enum(['range', 'tail', 'search']),
  session: z.number().default(0),
  start: z.number().default(0),
  stop: z.number().nullish(),
  n: z.number().nullish(),
  pattern: z.string().nullish(),
  unique: z.boolean().default(false)
});

/** Earlier cells of this kernel; https://jupyter-client.readthedocs.io/en/stable/messaging.html#history */
export function historyHandler(cells: CellHistory): MessageHandler {
  return defineHandler({
    type: 'history_request',
    content: historyContent,
    run: ({ content }) => ({ status: 'ok', history: select(cells, content) })
  });
}

function select(cells: CellHistory, content: z.output<typeof historyContent>): HistoryEntry[] {
  const n = content.n ?? DEFAULT_N;
  switch (content.hist_access_type) {
    case 'tail':
      return cells.tail(n, content.output);
    case 'range':
      return cells.range(content.session, content.start, content.stop ?? null, content.output);
    case 'search':
      return cells.search(content.pattern ?? '*', n, content.unique, content.output);
  }
}
