import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TestEnvironment } from './environment.ts';
import { cellErrors, writeNotebook } from './notebook-file.ts';
import { NotebookPage, type OpenOptions } from './notebook-page.ts';

/** The notebook whose streams all files of tests share: the first that needs them starts them. */
export const SHARED = 'streams-under-test.ipynb';
/** Says, beside the notebook, that its cells have run. */
const MARK = `${SHARED}.ran`;
const TOPIC = 'ui-visits';
const FROM = `--from ${TOPIC} --format clickstream`;
/** The first Spark session of a slow machine, and a query. */
const LIMIT_MS = 240_000;

/** Cells by what they do. */
export const CELLS = {
  provision: '%provision local',
  topic: `%topic create ${TOPIC} --partitions 2`,
  produce: `%produce clickstream --topic ${TOPIC} --rate 40 --count 1000000 --seed 7 --as visitors --background`,
  table: `%stream clickstream --topic ${TOPIC} --as visits`,
  bars: `%%stream ${FROM} --as hits --top 12\nSELECT url, count(*) AS n FROM \`${TOPIC}\` GROUP BY url`,
  line: `%%stream ${FROM} --as pace --chart line --window 2m
SELECT date_trunc('second', recordtime) AS second,
  element_at(array('home', 'search', 'cart', 'help', 'news'), 1 + CAST(pmod(eventid, 5) AS INT)) AS section,
  count(*) AS n
FROM \`${TOPIC}\`
GROUP BY second, section`,
  number: '%chart visits --kind number --window 1m --title "Visits so far"',
  histogram: '%chart hits --kind histogram --x n --title "How often pages are seen"',
  heatmap: '%chart pace --kind heatmap --title "Pages over time"',
  definition:
    '%%chart hits --title "Pages as points"\n{"mark": {"type": "point", "filled": true}, "encoding": {"x": {"field": "n", "type": "quantitative"}, "y": {"field": "url", "type": "nominal"}}}'
} as const;

/** Rows of the burst. */
export const BURST = 20_000;

/** Cells that only some tests run; each ends what it has started. */
export const EXTRA = {
  silentTopic: '%topic create ui-silent',
  silent: '%stream wordcount --topic ui-silent --as silent',
  brokenTopic: '%topic create ui-broken',
  broken: '%%produce --topic ui-broken\nthis is no JSON\nnor is this',
  parse:
    '%%stream --from ui-broken --format json --schema "word STRING, n INT" --as parsed\nSELECT word, n FROM `ui-broken`',
  unsent: '%stream wordcount --topic ui-broken --from latest --as unsent',
  filter: `%%stream ${FROM} --as nobody\nSELECT url, ip FROM \`${TOPIC}\` WHERE ip = 'nobody'`,
  end: '%stop silent unsent parsed nobody --purge',
  stopBars: '%stop hits',
  burst: `%produce clickstream --topic ${TOPIC} --count ${BURST} --seed 8 --as burst`
} as const;

/** Titles of the views of these cells. */
export const TITLES = {
  table: 'Clickstream of ui-visits',
  bars: 'hits',
  line: 'pace',
  number: 'Visits so far',
  histogram: 'How often pages are seen',
  heatmap: 'Pages over time',
  definition: 'Pages as points'
} as const;

/**
 * Opens the shared notebook, with its streams and its producer running. They go on when the page is
 * closed; whoever runs the tests ends them with the stack.
 */
export async function openSharedStreams(
  environment: TestEnvironment,
  options: OpenOptions = {}
): Promise<NotebookPage> {
  const { root } = environment.lab;
  const mark = path.join(root, MARK);
  const ran = await readFile(mark, 'utf8').catch(() => null);
  if (ran === null) {
    await writeNotebook(root, SHARED, [...Object.values(CELLS), ...Object.values(EXTRA)]);
    const notebook = await NotebookPage.open(environment, SHARED);
    for (const source of Object.values(CELLS)) await notebook.run(firstLine(source), LIMIT_MS);
    await notebook.save();
    await notebook.close();
    const faults = await cellErrors(path.join(root, SHARED));
    if (faults.length > 0) throw new Error(faults.join('\n'));
    await writeFile(mark, '');
  }
  return NotebookPage.open(environment, SHARED, options);
}

/** What a cell is found by: lines of the editor are elements of their own. */
export function firstLine(source: string): string {
  return source.split('\n', 1)[0] ?? source;
}
