import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { splitCell } from '../../../src/magics/parser/split-cell.ts';

const parts = (code: string) => splitCell(code).map(({ kind, text }) => [kind, text]);

describe('a cell', () => {
  it('is Python with line magics between it, in order', () => {
    assert.deepEqual(parts('x = 1\n%topic list\ny = 2\nz = 3\n%status'), [
      ['python', 'x = 1'],
      ['line', 'topic list'],
      ['python', 'y = 2\nz = 3'],
      ['line', 'status']
    ]);
  });

  it('keeps % as the operator of Python inside brackets, strings and continued lines', () => {
    for (const code of [
      'f(a\n%b)',
      'x = """\n%topic list\n"""',
      'x = a \\\n%b',
      "x = '''a\n%sql b'''",
      'if x:\n    y = a\n    %z'
    ])
      assert.deepEqual(parts(code), [['python', code]]);
  });

  it('finds a magic again after brackets and strings have closed', () => {
    assert.deepEqual(parts('f("""(""")\n%status'), [
      ['python', 'f("""(""")'],
      ['line', 'status']
    ]);
  });

  it('joins a magic whose line ends with a backslash, with true offsets', () => {
    const code = '%stream clickstream \\\n  --topic t\nx = 1';
    const [magic, python] = splitCell(code);
    assert.equal(magic?.text, 'stream clickstream     --topic t');
    assert.equal(code.slice(python?.offset), 'x = 1');
  });

  it('belongs to a cell magic as a whole', () => {
    assert.deepEqual(splitCell('\n%%produce --topic t\na\n%b\n'), [
      { kind: 'cell', text: 'produce --topic t', offset: 3, body: 'a\n%b\n' }
    ]);
  });

  it('loses nothing but blank Python: every part stands at its offset', () => {
    const line = fc.constantFrom('x = 1', '%status', '', '  y', 'f(', ')', "'''", '# c', 'a \\');
    fc.assert(
      fc.property(fc.array(line), lines => {
        const code = lines.join('\n');
        for (const segment of splitCell(code)) {
          if (segment.kind === 'python')
            assert.equal(
              code.slice(segment.offset, segment.offset + segment.text.length),
              segment.text
            );
          else assert.equal(code[segment.offset - 1], '%');
        }
      })
    );
  });
});
