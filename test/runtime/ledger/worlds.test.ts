import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  emptyRecord,
  ledgerRecordSchema,
  type LedgerRecord
} from '../../../src/runtime/ledger/record.ts';
import { arriveAt, leave, wasOn } from '../../../src/runtime/ledger/worlds.ts';

function batch(id: number): LedgerRecord['batches'][number] {
  return { id, file: `${id}.py`, startedAt: id };
}

describe('the record of a notebook that moves', () => {
  it('gives back what was left on a target, if it is the same stack still', () => {
    const local = { ...arriveAt(emptyRecord('nb'), 'local', 'stack-1'), batches: [batch(1)] };
    const away = { ...arriveAt(local, 'prod', 'aws:1'), batches: [batch(2)] };
    assert.deepEqual(away.elsewhere['local']?.batches, [batch(1)]);
    assert.ok(wasOn(away, 'local', 'stack-1') && !wasOn(away, 'local', 'stack-2'));
    const back = arriveAt(away, 'local', 'stack-1');
    assert.deepEqual([back.batches, Object.keys(back.elsewhere)], [[batch(1)], ['prod']]);
    assert.deepEqual(arriveAt(away, 'local', 'stack-2').batches, []);
  });

  it('keeps what runs where it is, and forgets it with another stack of the same target', () => {
    const local = { ...arriveAt(emptyRecord('nb'), 'local', 'stack-1'), batches: [batch(1)] };
    assert.deepEqual(arriveAt(local, 'local', 'stack-1').batches, [batch(1)]);
    const other = arriveAt(local, 'local', 'stack-2');
    assert.deepEqual([other.batches, other.elsewhere], [[], {}]);
  });

  it('is attached to nothing after it left, and can forget a target', () => {
    const away = arriveAt(arriveAt(emptyRecord('nb'), 'local', 's'), 'prod', 'p');
    const left = leave(away, 'local');
    assert.deepEqual([left.target, left.stackId, left.elsewhere], [null, null, {}]);
    assert.ok('local' in leave(away).elsewhere);
  });

  it('stays bounded and readable whatever the order of moves', () => {
    const move = fc.record({
      target: fc.integer({ min: 0, max: 60 }),
      stack: fc.constantFrom('a', 'b')
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 100 }), moves => {
        const end = moves.reduce(
          (record, { target, stack }) => arriveAt(record, `t${target}`, stack),
          emptyRecord('nb')
        );
        assert.deepEqual(ledgerRecordSchema.parse(JSON.parse(JSON.stringify(end))), end);
        assert.ok(Object.keys(end.elsewhere).length <= 20);
        assert.ok(end.target === null || !(end.target in end.elsewhere));
      })
    );
  });

  it('reads a record of before there were other targets', () => {
    const { elsewhere, planned, ...old } = emptyRecord('nb');
    assert.deepEqual([elsewhere, planned], [{}, []]);
    assert.deepEqual(ledgerRecordSchema.parse({ ...old, target: 'local' }).elsewhere, {});
  });
});
