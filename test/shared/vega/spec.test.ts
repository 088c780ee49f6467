import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changeset, parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { chartRows, ROWS_DATASET } from '../../../src/shared/vega/rows.ts';
import { vegaLiteSpec, type VegaLiteSpecOptions } from '../../../src/shared/vega/spec.ts';
import { LIGHT_THEME } from '../../../src/shared/vega/theme.ts';
import { bars, examples, line, table, type Example } from './views.ts';
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
    it(`${example.view.kind}: can be fed for hours`, () => {
      assert.deepEqual(streamingFaults({ ...specOf(example) }), []);
    });

    it(`${example.view.kind}: the compiler derives no data set from the rows`, () => {
      const { data = [] } = compile(specOf(example) as TopLevelSpec).spec;
      assert.deepEqual(
        data.filter(set => 'source' in set || (set.transform ?? []).length > 0),
        []
      );
    });

    it(`${example.view.kind}: draws its rows and then the next ones`, async () => {
      const view = await run(example);
      const next = chartRows(example.view, example.rows.slice(1));
      await view
        .change(
          ROWS_DATASET,
          changeset()
            .remove(() => true)
            .insert(next)
        )
        .runAsync();
      assert.equal(view.data(ROWS_DATASET).length, next.length);
      view.finalize();
    });

    it(`${example.view.kind}: draws an empty frame when there are no rows`, async () => {
      assert.match(await (await run({ ...example, rows: [] })).toSVG(), /^<svg /);
    });

    it(`${example.view.kind}: keeps the width it was given, with and without a title`, async () => {
      for (const options of [{ width: 480 }, { width: 480, title: 'Title' }]) {
        const svg = await (await run(example, options)).toSVG();
        assert.match(svg, /^<svg [^>]*width="480"/);
      }
    });

    it(`${example.view.kind}: draws a title when one is wanted`, async () => {
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
