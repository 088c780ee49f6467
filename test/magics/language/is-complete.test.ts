import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isCodeComplete } from '../../../src/magics/language/is-complete.ts';

const verdict = (code: string) => {
  const { status, indent } = isCodeComplete(code);
  return status === 'incomplete' ? `${status}${indent.length}` : status;
};

describe('is_complete', () => {
  const cases: readonly [code: string, verdict: string][] = [
    ['', 'complete'],
    ['x = 1', 'complete'],
    ['print("a:")', 'complete'],
    ['# a comment:', 'complete'],
    ['if x:', 'incomplete4'],
    ['if x:  # why', 'incomplete4'],
    ['if x:\n    y = 1', 'incomplete4'],
    ['if x:\n    y = 1\n', 'complete'],
    ['def f():\n    for x in y:', 'incomplete8'],
    ['f(1,', 'incomplete4'],
    ['f(\n  1,', 'incomplete2'],
    ['x = """a', 'incomplete0'],
    ['x = 1 + \\', 'incomplete0'],
    ['@decorator', 'incomplete0'],
    ['x = {"a": [1, 2]}', 'complete'],
    ['f(1))', 'invalid'],
    ['f(1]', 'invalid'],
    ["x = 'open", 'invalid'],
    ['%topic list', 'complete'],
    ['%topic create \\', 'incomplete0'],
    ['%%produce --topic t', 'incomplete0'],
    ['%%produce --topic t\na', 'incomplete0'],
    ['%%produce --topic t\na\n', 'complete']
  ];
  for (const [code, expected] of cases)
    it(`${JSON.stringify(code)} is ${expected}`, () => {
      assert.equal(verdict(code), expected);
    });

  it('answers for any text', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('(', ')', '[', '}', "'", '"', '\\', ':', '#', ' ', '\n', '%', 'a')
        }),
        code => {
          assert.match(verdict(code), /^(complete|invalid|incomplete\d+)$/);
        }
      )
    );
  });
});
