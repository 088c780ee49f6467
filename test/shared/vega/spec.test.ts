import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import {
  chartData,
  reservedHeight,
  vegaLiteSpec,
  type VegaLiteSpecOptions
} from '../../../src/shared/vega/spec.ts';
import { feed } from '../../../src/panels/chart-feed.ts';
import { LIGHT_THEME } from '../../../src/shared/vega/theme.ts';
import {
  bars,
  examples,
  heatmap,
  histogram,
  line,
  number,
  series,
  table,
  type Example
} from './views.ts';
import { streamingFaults } from './lint.ts';

function specOf(example: Example, options: Partial<VegaLiteSpecOptions> = {}): object {
  return vegaLiteSpec(example.view, { theme: LIGHT_THEME, rows: example.rows, ...options });
}

/** A running view without a page; warnings of the compiler and of the view fail the test. */
async function run(example: Example, options: Partial<VegaLiteSpecOptions> = {}): Promise<View> {
  const warnings: unknown[] = [];
  const quiet = { level: () => quiet, error: () => quiet, info: () => quiet, debug: () => quiet };
  const logger = { ...quiet, warn: (...words: unknown[]) => (warnings.push(words), logger) };
  const compiled = compile(specOf(example, options) as TopLevelSpec, { logger: logger as never });
  const view = new View(parse(compiled.spec), { renderer: 'none', logger: logger as never });
  await view.runAsync();
  assert.deepEqual(warnings, []);
  return view;
}

describe('specification of a view', () => {
  for (const example of examples) {
    it(`${example.view.id}: can be fed for hours`, () => {
      assert.deepEqual(streamingFaults({ ...specOf(example) }), []);
    });

    it(`${example.view.id}: the compiler derives no data set from the rows`, () => {
      const { data = [] } = compile(specOf(example) as TopLevelSpec).spec;
      assert.deepEqual(
        data.filter(set => 'source' in set || (set.transform ?? []).length > 0),
        []
      );
    });

    it(`${example.view.id}: draws its rows and then the next ones`, async () => {
      const view = await run(example);
      const input = { rows: example.rows.slice(1) };
      const next = chartData(example.view, input, { theme: LIGHT_THEME, width: 720 });
      feed(view, chartData(example.view, example, { theme: LIGHT_THEME, width: 720 }), next);
      await view.runAsync();
      for (const [name, rows] of Object.entries(next.sets))
        assert.equal(view.data(name).length, rows.length);
      view.finalize();
    });

    it(`${example.view.id}: draws an empty frame when there are no rows`, async () => {
      assert.match(await (await run({ ...example, rows: [] })).toSVG(), /^<svg /);
    });

    it(`${example.view.id}: keeps the width it was given, with and without a title`, async () => {
      for (const options of [{ width: 480 }, { width: 480, title: 'Title' }]) {
        const svg = await (await run(example, options)).toSVG();
        assert.match(svg, /^<svg [^>]*width="480"/);
      }
    });

    it(`${example.view.id}: is as high as the place that is kept for it`, async () => {
      const svg = await (await run(example, { rows: example.rows.slice(0, 6) })).toSVG();
      const height = Number(/height="(\d+)"/.exec(svg)?.[1]);
      const grows = ['bars', 'heatmap'].includes(example.view.kind);
      assert.ok(grows ? height > 0 : height === reservedHeight(example.view), `${height}`);
    });

    it(`${example.view.id}: draws a title when one is wanted`, async () => {
      assert.match(await (await run(example, { title: 'A title' })).toSVG(), />A title<\/text>/);
      assert.doesNotMatch(await (await run(example)).toSVG(), />A title<\/text>/);
    });
  }

  it('bars: the order of the rows is the order on the page, values stand at the ends', async () => {
    const svg = await (await run(bars)).toSVG();
    const at = ['>be<', '>to<', '>or<'].map(text => svg.indexOf(text));
    assert.ok(at.every(position => position > 0));
    assert.deepEqual(
      at,
      at.toSorted((a, b) => a - b)
    );
    assert.match(svg, />12,345</);
    assert.match(svg, /aria-label="be: 12,345"/);
  });

  it('bars: two rows with one label stay two bars', async () => {
    const twice = [...bars.rows, { word: 'be', n: 7 }];
    const svg = await (await run({ ...bars, rows: twice })).toSVG();
    assert.equal(svg.split('>be<').length - 1, 2);
  });

  it('table: the height does not depend on the number of rows', async () => {
    const height = async (example: Example): Promise<string | undefined> =>
      /height="(\d+)"/.exec(await (await run(example)).toSVG())?.[1];
    assert.equal(await height(table), await height({ ...table, rows: table.rows.slice(1) }));
  });

  it('table: at most eight columns', () => {
    const columns = Array.from({ length: 12 }, (_, i) => ({
      name: `c${i}`,
      type: 'text' as const
    }));
    const wide = { view: { ...table.view, columns, values: [] }, rows: [] };
    assert.doesNotMatch(JSON.stringify(specOf(wide)), /"c8"/);
  });

  it('line: names every series in a key, and none when there is one', async () => {
    assert.match(await (await run(line)).toSVG(), />errors<\/text>/);
    const one = { ...line, view: { ...line.view, values: ['hits'] } };
    assert.equal((await (await run(one)).toSVG()).split('>hits<').length - 1, 1);
  });

  it('line: a value that is missing is a gap', async () => {
    const paths = (await (await run(line)).toSVG()).match(
      /aria-roledescription="line mark"[^>]*d="[^"]*"/g
    );
    assert.equal(paths?.[1]?.match(/M/g)?.length, 2);
  });
});

describe('kinds of views', () => {
  it('series: the key names the slots that are taken, by the labels of the frame', async () => {
    const svg = await (await run(series, { labels: { s0: '/start', s1: '/blog' } })).toSVG();
    assert.match(svg, />\/start</);
    assert.match(svg, />\/blog</);
    assert.doesNotMatch(svg, />s2</);
  });

  it('line: the time axis is what it is told, and a gap is marked on it', async () => {
    const from = line.rows[0]?.['second'] as number;
    const span = { from: from - 60_000, to: from };
    const view = await run(line, { span, gaps: [{ from: from - 40_000, to: from - 20_000 }] });
    const scale = view.scale('x') as { domain(): Date[] };
    assert.deepEqual(scale.domain().map(Number), [span.from, span.to]);
    assert.match(await view.toSVG(), />away</);
  });

  it('number: the figure, and its change against a minute ago', async () => {
    const svg = await (await run(number)).toSVG();
    assert.match(svg, />1,890</);
    assert.match(svg, />▲ 600 \(\+47 %\) in 1 min</);
    assert.match(svg, /aria-label="Hits: 1,890"/);
  });

  it('number: no change, a first value, and none', async () => {
    const first = number.rows.slice(0, 1);
    const still = [...first, { ...first[0], time: (first[0]?.['time'] as number) + 5000 }];
    assert.match(await (await run({ ...number, rows: still })).toSVG(), />no change in 5 s</);
    assert.match(await (await run({ ...number, rows: first })).toSVG(), />at \d\d:\d\d:\d\d</);
    assert.match(await (await run({ ...number, rows: [] })).toSVG(), />–</);
  });

  it('histogram: bins can be read aloud, counts stand above them', async () => {
    const svg = await (await run(histogram)).toSVG();
    assert.match(svg, /aria-label="30 to 40: 9"/);
    assert.match(svg, />121</);
    assert.match(svg, />latency\.ms</);
  });

  it('heat map: a cell has its value as text and can be read aloud; one without rows is not there', async () => {
    const svg = await (await run(heatmap)).toSVG();
    assert.match(svg, /aria-label="\/c, \d\d:\d\d:\d\d: 1,100"/);
    assert.match(svg, />1,100</);
    assert.equal(svg.match(/aria-roledescription="rect mark"/g)?.length, 11);
  });

  it('heat map: no cell has text where not all have room for it', async () => {
    const svg = await (await run(heatmap, { width: 264 })).toSVG();
    assert.doesNotMatch(svg, />1,100<|>500<|>1\.1k</);
  });

  it('carry title and stamp when they are saved, and say that there is nothing', async () => {
    const saved = { title: 'Title', stamp: 'stopped at noon' };
    assert.match(await (await run(bars, saved)).toSVG(), />stopped at noon</);
    assert.match(await (await run({ ...bars, rows: [] }, saved)).toSVG(), />no rows</);
  });
});

describe('linter of specifications', () => {
  it('finds what it is there for', () => {
    const faults = streamingFaults({
      data: { url: 'https://example.org/data.csv' },
      mark: 'bar',
      encoding: {
        x: { field: 'a.b', type: 'quantitative' },
        color: { field: 'series', type: 'nominal' }
      }
    });
    assert.equal(faults.length, 6);
  });
});
