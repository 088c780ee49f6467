import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { estimateCost } from '../../../../src/runtime/aws/cost/estimate.ts';
import { PRICES } from '../../../../src/runtime/aws/cost/prices.ts';
import { calculate, tablesOf } from './cost-page.ts';
import { REFERENCES } from './specs.ts';

const page = readFileSync(new URL('../../../../docs/aws/cost.md', import.meta.url), 'utf8');
const tables = new Map(tablesOf(page).map(table => [table.letter, table]));

describe('the hand calculation in the docs', () => {
  it('has a table for each reference environment', () => {
    assert.deepEqual([...tables.keys()], Object.keys(REFERENCES));
  });

  for (const [letter, { spec, zones }] of Object.entries(REFERENCES)) {
    const found = tables.get(letter);
    assert.ok(found, `docs/aws/cost.md has no environment ${letter}`);
    const table = found;
    const cost = estimateCost(spec, { prices: PRICES, zones });

    it(`${letter}: is right arithmetic`, () => {
      for (const line of table.lines)
        for (const { calculation, figure } of [line.idle, line.most])
          assert.equal(calculate(calculation).toFixed(4), figure, line.what);
      for (const side of ['idle', 'most'] as const) {
        const sum = table.lines.reduce(
          (total, line) => total + calculate(line[side].calculation),
          0
        );
        assert.equal(sum.toFixed(4), table.hourly[side].figure);
        assert.equal((sum * cost.hours).toFixed(2), table.untilEnd[side].figure);
      }
    });

    it(`${letter}: equals what the program shows, line by line`, () => {
      assert.deepEqual(
        table.lines.map(({ what, idle, most }) => [what, idle.figure, most.figure]),
        cost.items.map(item => [
          item.what,
          item.idlePerHour.toFixed(4),
          item.mostPerHour.toFixed(4)
        ])
      );
    });

    it(`${letter}: has the same sums to the cent`, () => {
      assert.equal(table.hourly.idle.figure, cost.idlePerHour.toFixed(4));
      assert.equal(table.hourly.most.figure, cost.mostPerHour.toFixed(4));
      assert.equal(table.untilEnd.what, `**Sum of ${cost.hours} hours**`);
      assert.equal(table.untilEnd.idle.figure, (cost.idlePerHour * cost.hours).toFixed(2));
      assert.equal(table.untilEnd.most.figure, (cost.mostPerHour * cost.hours).toFixed(2));
    });
  }
});
