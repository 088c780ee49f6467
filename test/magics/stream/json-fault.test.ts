import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { jsonFault } from '../../../src/magics/stream/json-fault.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('the fault of a text as JSON', () => {
  it('is none where there is none', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
        assert.equal(jsonFault(JSON.stringify(JSON.parse(text), null, indent)), null);
      })
    );
  });

  it('is found where JSON.parse finds one', () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat({ max: 200 }), fc.constantFrom('', '"', ',', '}', '01', '\n', '\\'))
      .map(([text, at, mark]) => text.slice(0, at) + mark + text.slice(at + 1));
    fc.assert(
      fc.property(damaged, text => {
        assert.equal(jsonFault(text) === null, isJson(text));
      }),
      { numRuns: 1_000 }
    );
  });

  const faults: readonly [text: string, offset: number, expected: string][] = [
    ['', 0, 'a value'],
    ['{"a": 1,}', 8, 'a name in double quotes'],
    ['{a: 1}', 1, 'a name in double quotes'],
    ['{"a" 1}', 5, '":"'],
    ['[1 2]', 3, '"," or "]"'],
    ['{"a": 1', 7, '"," or "}"'],
    ['{"a": undefined}', 6, 'a value'],
    ['{} x', 3, 'the end']
  ];
  for (const [text, offset, expected] of faults)
    it(`says what is missing in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(jsonFault(text), { offset, expected });
    });

  it('does not go into depths that nobody writes', () => {
    assert.equal(jsonFault('['.repeat(50_000))?.expected, 'fewer levels');
  });
});
