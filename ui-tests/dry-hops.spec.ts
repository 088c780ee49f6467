import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { blankStatus, type StreamStatus } from '../src/shared/stream-status.ts';
import { testEnvironment } from './support/environment.ts';
import { KernelLine } from './support/kernel-line.ts';
import { LiveViewPanel } from './support/live-view.ts';
import { writeNotebook } from './support/notebook-file.ts';
import { NotebookPage } from './support/notebook-page.ts';
import { strangeCell, strangeFrame, strangeSnapshot } from './support/strange-view.ts';

const SHORT_MS = 30_000;
const ID = 'dry';
const EMPTY = { kind: 'bars', live: true, title: ID, data: { word: [], n: [] } } as const;
const LIVE: Partial<StreamStatus> = {
  state: 'live',
  mode: 'micro-batch',
  topicRecords: 40,
  offered: 40
};

/** What only a slow batch, or a query with old records, would show for a moment: the status is told to the page. */
const PLACES: readonly (readonly [
  hop: string,
  why: string | RegExp,
  status: Partial<StreamStatus>
])[] = [
  ['Batch', /^40 records came, and the first batch is still running/, { backlog: 40 }],
  [
    'Watermark',
    /^7 records came later than the watermark allows/,
    { batch: 3, late: 7, backlog: 0 }
  ]
];

describe('an empty view whose kernel says where records stop', { timeout: 180_000 }, () => {
  const environment = testEnvironment(process.env);

  for (const [hop, why, status] of PLACES)
    it(`names the place: ${hop}`, async () => {
      const { view } = strangeSnapshot(ID, EMPTY);
      const frame = { ...strangeFrame(EMPTY), total: 0, sum: 0 };
      const views = { [ID]: { ...frame, status: { ...blankStatus(0), ...LIVE, ...status } } };
      await writeNotebook(environment.lab.root, 'dry.ipynb', [strangeCell(ID, EMPTY)]);
      const notebook = await NotebookPage.open(environment, 'dry.ipynb', {
        prepare: async page => {
          await KernelLine.on(page, (message, say) => {
            if (!JSON.stringify(message).includes(`"${ID}"`)) return;
            say({ type: 'views', views: [view], unknown: [] });
            say({ type: 'frame', seq: 2, at: Date.now(), views });
          });
        }
      });
      try {
        const panel = new LiveViewPanel(notebook.page, ID);
        await panel.show();
        await panel.region.getByText(why).waitFor({ timeout: SHORT_MS });
        assert.deepEqual(await panel.dryHops(), [`${hop}: nothing comes through`]);
        assert.deepEqual(notebook.errors, []);
      } finally {
        await notebook.close();
      }
    });
});
