import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { feed, feedAnew } from '../../src/panels/chart-feed.ts';
import type { ChartData, PictureInput } from '../../src/shared/vega/input.ts';
import { chartData, vegaLiteSpec } from '../../src/shared/vega/spec.ts';
import { LIGHT_THEME } from '../../src/shared/vega/theme.ts';
import { bars, examples, type Example } from '../shared/vega/views.ts';

const room = { theme: LIGHT_THEME, width: 720 };

function viewOf({ view }: Example, input: PictureInput): View {
  const spec = vegaLiteSpec(view, { ...room, ...input }) as unknown as TopLevelSpec;
  return new View(parse(compile(spec).spec), { renderer: 'none' });
}

/** What is drawn, in any order: ticks that stay keep their place among the elements. */
function elementsOf(svg: string, { view }: Example): string[] {
  // Vega counts the clips of all views, and a table keeps the columns of its first rows.
  const same = svg.replaceAll(/clip\d+/g, 'clip');
  const placed = view.kind === 'table' ? same.replaceAll(/translate\([^)]*\)/g, '') : same;
  return placed.split('><').toSorted();
}

/** The picture after these states, one after the other. */
async function fed(
  example: Example,
  states: readonly PictureInput[],
  put: (view: View, shown: ChartData, next: ChartData) => number
): Promise<string[]> {
  const [first = { rows: [] }, ...others] = states;
  const view = viewOf(example, first);
  await view.runAsync();
  let shown = chartData(example.view, first, room);
  for (const state of others) {
    const next = chartData(example.view, state, room);
    put(view, shown, next);
    await view.runAsync();
    shown = next;
  }
  const svg = await view.toSVG();
  view.finalize();
  return elementsOf(svg, example);
}

describe('feeding a chart', () => {
  for (const example of examples)
    it(`${example.view.id}: ends with the picture that a fresh view draws`, async () => {
      const { rows } = example;
      const states = [rows.slice(0, 2), rows, rows.slice(1), [], rows.slice(0, 3)];
      const inputs = states.map(state => ({ rows: state, labels: { s1: 'one' } }));
      for (let end = 1; end <= inputs.length; end += 1) {
        const last = inputs.slice(end - 1, end);
        assert.deepEqual(
          await fed(example, inputs.slice(0, end), feed),
          await fed(example, last, feed),
          `state ${end}`
        );
      }
    });

  it('a definition ends with the picture that a fresh view draws', async () => {
    const definition = {
      mark: 'bar',
      encoding: { x: { field: 'n', type: 'quantitative' }, y: { field: 'word', type: 'nominal' } }
    };
    const example = { ...bars, view: { ...bars.view, kind: 'vega-lite' as const, definition } };
    const states = [{ rows: bars.rows.slice(1) }, { rows: bars.rows }];
    assert.deepEqual(
      await fed(example, states, feedAnew),
      await fed(example, states.slice(1), feedAnew)
    );
  });
});
