import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { logger, parse, View, Warn } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { definitionComplaints } from '../../../src/shared/vega/guard.ts';
import { runtimeComplaints } from '../../../src/shared/vega/guard-runtime.ts';
import { vegaLiteSpec } from '../../../src/shared/vega/spec.ts';
import { LIGHT_THEME } from '../../../src/shared/vega/theme.ts';
import { attacks, expressionAttacks } from './attacks.ts';
import { ordinary } from './definitions.ts';
import { bars } from './views.ts';

type Definition = Readonly<Record<string, unknown>>;

const rows = Array.from({ length: 24 }, (_, index) => ({
  t: Date.UTC(2026, 10, 23, 12, index),
  n: (index * 7) % 12,
  m: index,
  word: ['be', 'to', 'or'][index % 3] ?? null
}));

function specOf(definition: Definition): TopLevelSpec {
  const view = { ...bars.view, kind: 'vega-lite' as const, definition, limit: 100 };
  return vegaLiteSpec(view, { theme: LIGHT_THEME, rows }) as unknown as TopLevelSpec;
}

/** Of a page that is not there, and of a height that nobody asked to fit. */
const EXPECTED = /event source: window|Dropping "fit-y"/;

/** The picture, and what the compiler and the view warn of. */
async function draw(definition: Definition): Promise<{ svg: string; warnings: unknown[] }> {
  const warnings: unknown[] = [];
  const log = logger(Warn, 'warn', (_method, _level, words) =>
    warnings.push(...words.filter(text => !EXPECTED.test(String(text))))
  );
  const runtime = parse(compile(specOf(definition), { logger: log }).spec, undefined, {
    ast: true
  });
  assert.deepEqual(runtimeComplaints(runtime), []);
  const view = new View(runtime, { expr: expressionInterpreter, renderer: 'none', logger: log });
  const svg = await view.toSVG();
  view.finalize();
  return { svg, warnings };
}

describe('guard of definitions', () => {
  for (const [name, definition] of Object.entries(ordinary))
    it(`lets through and draws: ${name}`, async () => {
      assert.deepEqual(definitionComplaints(definition), []);
      const { svg, warnings } = await draw(definition);
      assert.deepEqual(warnings, []);
      assert.match(svg, /class="mark-[a-z]+ role-mark/);
    });

  for (const [name, { definition, complaint }] of Object.entries(attacks))
    it(`refuses ${name}`, () => {
      assert.match(definitionComplaints(definition).join('; '), complaint);
    });

  for (const [name, { expression, complaint }] of Object.entries(expressionAttacks))
    it(`refuses an expression that ${name}`, () => {
      const definition = {
        transform: [{ calculate: expression, as: 'made' }],
        mark: 'point',
        encoding: { x: { field: 'made', type: 'quantitative' } }
      };
      const runtime: unknown = parse(compile(specOf(definition)).spec, undefined, { ast: true });
      assert.match(runtimeComplaints(runtime).join('; '), complaint);
    });

  it('finds an expression wherever it stands', () => {
    const call = 'sequence(1e9).length';
    const places: Definition[] = [
      { mark: { type: 'point', opacity: { expr: call } } },
      { mark: 'point', params: [{ name: 'p', expr: call }] },
      { mark: 'point', transform: [{ filter: call }] },
      { mark: 'point', transform: [{ filter: { not: call } }] },
      { mark: 'point', encoding: { color: { condition: { test: call, value: 'red' } } } },
      { mark: 'point', encoding: { x: { field: 'n', axis: { labelExpr: call } } } },
      { mark: 'point', title: { text: { expr: call } } },
      { mark: 'point', params: [{ name: 'p', select: { type: 'point', toggle: call } }] }
    ];
    for (const definition of places) {
      const runtime: unknown = parse(compile(specOf(definition)).spec, undefined, { ast: true });
      assert.match(runtimeComplaints(runtime).join('; '), /sequence/, JSON.stringify(definition));
    }
  });

  it('says at most eight things, and each once', () => {
    const layer = Array.from({ length: 30 }, (_, index) => ({ mark: 'image', [`k${index}`]: 1e9 }));
    const complaints = definitionComplaints({ layer });
    assert.equal(complaints.length, 8);
    assert.equal(new Set(complaints).size, 8);
  });
});
