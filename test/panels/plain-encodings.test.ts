import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loader, logger, parse, View, type Spec } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { plainEncodings } from '../../src/panels/plain-encodings.ts';
import { vegaLiteSpec } from '../../src/shared/vega/spec.ts';
import { LIGHT_THEME } from '../../src/shared/vega/theme.ts';
import { frameRows, type ViewKind, type ViewSpec } from '../../src/shared/view.ts';
import { frameOf, view } from './views.ts';

const VIEWS: readonly (readonly [ViewKind, Partial<ViewSpec>])[] = [
  ['bars', {}],
  ['histogram', { category: 'n' }]
];

function compiled(kind: ViewKind, change: Partial<ViewSpec>): Spec {
  const one: ViewSpec = { ...view, kind, ...change };
  const options = { theme: LIGHT_THEME, rows: frameRows(one, frameOf()), labels: {} };
  const quiet = { logger: logger(0) };
  return compile(vegaLiteSpec(one, options) as unknown as TopLevelSpec, quiet).spec;
}

async function drawn(spec: Spec): Promise<string> {
  const running = new View(parse(spec), { renderer: 'none', loader: loader(), logLevel: 0 });
  const svg = await running.toSVG();
  running.finalize();
  return svg;
}

describe('encodings without expressions', () => {
  for (const [kind, change] of VIEWS)
    it(`draw the same ${kind}`, async () => {
      const [plain, whole] = [plainEncodings(compiled(kind, change)), compiled(kind, change)];
      assert.equal(await drawn(plain), await drawn(whole));
    });

  it('are read from fields, bands and one number for all marks', () => {
    const text = JSON.stringify(plainEncodings(compiled('bars', {})).marks);
    assert.doesNotMatch(text, /bandwidth|join|"signal":"isValid/);
    assert.match(text, /"field":"about"/);
    assert.match(text, /"signal":"base_x"/);
  });
});
