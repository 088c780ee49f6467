import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { formatMoney } from '../../../../src/magics/provision/aws/amounts.ts';
import type { AwsArguments } from '../../../../src/magics/provision/aws/arguments.ts';
import { specFrom } from '../../../../src/magics/provision/aws/spec-from.ts';
import { parseArguments } from '../../../../src/magics/parser/arguments.ts';
import { resolveMagic } from '../../../../src/magics/parser/resolve.ts';
import { splitCell } from '../../../../src/magics/parser/split-cell.ts';
import { MAGICS } from '../../../../src/magics/registry.ts';
import { estimateCost } from '../../../../src/runtime/aws/cost/estimate.ts';
import { PRICES } from '../../../../src/runtime/aws/cost/prices.ts';
import { readNotebook, type Notebook } from './notebook.ts';

const EXAMPLES = new URL('../../../../examples/', import.meta.url);
const NOTEBOOKS = ['04-msk-and-emr.ipynb', '05-kafka-on-ec2.ipynb'] as const;

const code = (notebook: Notebook) => notebook.cells.filter(cell => cell.kind === 'code');
const prose = (notebook: Notebook) =>
  notebook.cells.filter(cell => cell.kind === 'markdown').map(cell => cell.source);

/** The magics of a cell with their checked arguments; throws what a person would be told. */
function magicsOf(source: string) {
  return splitCell(source).flatMap(segment => {
    if (segment.kind === 'python') return [];
    const resolved = resolveMagic(MAGICS, segment.kind, segment.text);
    assert.ok('magic' in resolved, source);
    const { magic, argumentsAt } = resolved;
    return [{ magic, args: parseArguments(magic, segment.text.slice(argumentsAt)) }];
  });
}

describe('the notebooks for AWS', () => {
  for (const name of NOTEBOOKS) {
    const notebook = readNotebook(name);

    it(`${name} numbers its cells and begins with a title`, () => {
      notebook.cells.forEach((cell, at) => {
        const kind = cell.kind === 'code' ? 'code' : 'text';
        assert.equal(cell.id, `${kind}-${String(at + 1).padStart(2, '0')}`);
      });
      assert.match(notebook.cells[0]?.source ?? '', /^# /);
    });

    it(`${name} has only magics and flags that exist`, () => {
      for (const cell of code(notebook)) assert.doesNotThrow(() => magicsOf(cell.source), cell.id);
      assert.ok(code(notebook).flatMap(cell => magicsOf(cell.source)).length > 15);
    });

    it(`${name} says what it costs, as the plan does`, () => {
      const plan = code(notebook)
        .flatMap(cell => magicsOf(cell.source))
        .map(({ args }) => args as Partial<AwsArguments>)
        .find(args => args.plan === true);
      assert.ok(plan?.name !== undefined && plan.region !== undefined);
      const spec = specFrom(plan.name, plan.region, plan as AwsArguments);
      const cost = estimateCost(spec, { prices: PRICES, zones: 3 });
      const text = prose(notebook).join('\n');
      assert.ok(
        text.includes(`**${formatMoney(cost.idlePerHour)} an hour while nothing runs**`),
        formatMoney(cost.idlePerHour)
      );
      assert.ok(
        text.includes(`**${formatMoney(cost.mostPerHour)} an hour at the most**`),
        formatMoney(cost.mostPerHour)
      );
      assert.match(text, /\*\*Without AWS\.\*\* Run `%provision local`/);
    });

    it(`${name} destroys what it makes, and nothing is asked for after that but the state`, () => {
      const aws = code(notebook)
        .flatMap(cell => magicsOf(cell.source))
        .filter(({ magic }) => magic.name === 'provision' && magic.action === 'aws')
        .map(({ args }) => args as Partial<AwsArguments>);
      const applied = aws.map(args => args.apply).filter(each => each !== undefined);
      const destroyed = aws.map(args => args.destroy).filter(each => each !== undefined);
      assert.equal(applied.length, 1);
      assert.deepEqual(destroyed, applied);
      assert.equal(aws.at(-1)?.status, true);
      assert.equal(aws.at(-2)?.destroy, applied[0]);
    });

    it(`${name} links to files that are there`, () => {
      const links = prose(notebook).flatMap(text => [...text.matchAll(/\]\(([^)]+)\)/g)]);
      assert.ok(links.length > 0);
      for (const [, link = ''] of links)
        if (!link.startsWith('https:')) assert.ok(existsSync(new URL(link, EXAMPLES)), link);
    });
  }

  it('have the five cents between public and private machines', () => {
    const [open, closed] = code(readNotebook('05-kafka-on-ec2.ipynb'))
      .flatMap(cell => magicsOf(cell.source))
      .map(({ args }) => args as Partial<AwsArguments>)
      .filter(args => args.plan === true)
      .map(args => specFrom('demo', args.region ?? '', args as AwsArguments))
      .map(spec => estimateCost(spec, { prices: PRICES, zones: 3 }).idlePerHour);
    assert.ok(open !== undefined && closed !== undefined);
    assert.equal(Math.round((closed - open) * 100), 5);
  });
});

describe('the table of the tutorials', () => {
  const page = readFileSync(
    new URL('../../../../docs/aws/from-the-tutorials.md', import.meta.url),
    'utf8'
  );
  const rows = page.split('\n').filter(row => /^\| \d/.test(row));

  it('names a cell that is there for each activity', () => {
    const cells = new Map(
      NOTEBOOKS.map(name => [name.slice(0, 2), readNotebook(name).cells.map(cell => cell.id)])
    );
    for (const row of rows) {
      const named = [...row.matchAll(/\b(04|05) `(code-\d\d)`/g)];
      assert.ok(named.length > 0, row);
      for (const [, notebook = '', id = ''] of named)
        assert.ok(cells.get(notebook)?.includes(id), `${notebook} ${id}: ${row}`);
    }
  });

  it('has the thirteen activities of one tutorial and the steps of the other', () => {
    const numbers = rows.map(row => /^\| ([\d.]+)/.exec(row)?.[1]);
    assert.deepEqual(
      numbers.slice(0, 13),
      Array.from({ length: 13 }, (_, at) => String(at + 1))
    );
    for (const step of ['1', '2', '3', '4', '5', '6'])
      assert.ok(
        numbers.slice(13).some(number => number?.split('.')[0] === step),
        step
      );
  });
});
