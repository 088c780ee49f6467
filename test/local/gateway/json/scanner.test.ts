import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { JsonFault, placeOf } from '../../../../src/local/gateway/json/fault.ts';
import { scanJson } from '../../../../src/local/gateway/json/scanner.ts';

const VALUES = `(JSON String, Number, Array, Object or token 'null', 'true' or 'false')`;
const OPEN_OBJECT =
  'Unexpected end-of-input: expected close marker for Object (start marker at ' +
  '[Source: (org.eclipse.jetty.server.HttpInputOverHTTP); line: 1, column: 1])';

function faultOf(text: string | Buffer): { message: string; line: number; column: number } {
  const bytes = Buffer.from(text);
  try {
    scanJson(bytes);
  } catch (error) {
    assert.ok(error instanceof JsonFault, String(error));
    return { message: error.message, ...placeOf(bytes, error.offset) };
  }
  throw new Error(`no fault in ${text.toString()}`);
}

describe('scanJson', () => {
  const FAULTS: readonly [string, string, number, number][] = [
    ['hello', `Unrecognized token 'hello': was expecting ${VALUES}`, 1, 6],
    ['{"a": tru}', `Unrecognized token 'tru': was expecting ${VALUES}`, 1, 11],
    ['{"code":', 'Unexpected end-of-input within/between Object entries', 1, 9],
    ['{"a"', 'Unexpected end-of-input within/between Object entries', 1, 5],
    ['{"a":1,', 'Unexpected end-of-input within/between Object entries', 1, 8],
    ['[1,', 'Unexpected end-of-input within/between Array entries', 1, 4],
    ['{', OPEN_OBJECT, 1, 2],
    ['{"a":1', OPEN_OBJECT, 1, 7],
    ['{"a', 'Unexpected end-of-input in field name', 1, 4],
    ['{"a":"b', 'Unexpected end-of-input in VALUE_STRING', 1, 8],
    [
      "{'a':1}",
      `Unexpected character (''' (code 39)): was expecting double-quote to start field name`,
      1,
      3
    ],
    [
      '{"a":1,}',
      `Unexpected character ('}' (code 125)): was expecting double-quote to start field name`,
      1,
      9
    ],
    [
      '{"a" 1}',
      `Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value`,
      1,
      7
    ],
    [
      '{"a":1\n "b":2}',
      `Unexpected character ('"' (code 34)): was expecting comma to separate Object entries`,
      2,
      3
    ],
    ['<html>', `Unexpected character ('<' (code 60)): expected a valid value ${VALUES}`, 1, 2],
    ['[01]', 'Invalid numeric value: Leading zeroes not allowed', 1, 4],
    ['["\\x"]', `Unrecognized character escape 'x' (code 120)`, 1, 5],
    [
      '["a\nb"]',
      'Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value',
      2,
      1
    ]
  ];
  for (const [text, message, line, column] of FAULTS)
    it(`finds the mistake in ${JSON.stringify(text)} where Livy does`, () => {
      assert.deepEqual(faultOf(text), { message, line, column });
    });

  it('finds bytes that are no UTF-8', () => {
    const start = Buffer.from([...Buffer.from('{"code":"'), 0xff, ...Buffer.from('"}')]);
    assert.equal(faultOf(start).message, 'Invalid UTF-8 start byte 0xff');
    const middle = Buffer.from([...Buffer.from('{"code":"'), 0xc3, 0x28, ...Buffer.from('"}')]);
    assert.equal(faultOf(middle).message, 'Invalid UTF-8 middle byte 0x28');
  });

  it('refuses what is nested too deeply, without a recursion of that depth', () => {
    assert.match(faultOf('['.repeat(5_000_000)).message, /^Document nesting depth \(1001\)/);
  });

  it('reads every value that JSON.stringify writes, and no further', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('', ' ', ' junk', '}'), (value, rest) => {
        const text = JSON.stringify(value, null, 1);
        const glued = /^-?\d/.test(text) || /^[a-z]/.test(text) ? ' ' : '';
        const { end } = scanJson(Buffer.from(text + glued + rest));
        assert.equal(end, Buffer.byteLength(text));
      })
    );
  });

  it('tells where the fields of the outermost object begin', () => {
    const { fields } = scanJson(Buffer.from('{"kind": "spark", "conf": "x", "n": {"kind": 1}}'));
    assert.deepEqual(fields.get('kind'), { start: 9, read: 10 });
    assert.deepEqual(fields.get('conf'), { start: 26, read: 27 });
    assert.deepEqual(fields.get('n'), { start: 36, read: 37 });
  });
});
