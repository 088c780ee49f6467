import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { quoteWord, readWords } from '../../../src/magics/parser/words.ts';

const texts = (line: string) => readWords(line).map(word => word.text);

describe('words of a line', () => {
  it('are parted by blanks and joined by quotes', () => {
    assert.deepEqual(texts(`a 'b c' "d \\"e\\"" f\\ g h'i'"j"`), [
      'a',
      'b c',
      'd "e"',
      'f g',
      'hij'
    ]);
  });

  it('end at a comment, but not at a # inside a word', () => {
    assert.deepEqual(texts('create a#b # the rest'), ['create', 'a#b']);
  });

  it('say when a quote is open', () => {
    assert.deepEqual(
      readWords(`a 'b c`).map(word => word.closed),
      [true, false]
    );
  });

  it('read back whatever was quoted', () => {
    const anyLine = fc.array(fc.string({ minLength: 1 }).filter(text => !/[\n\r]/.test(text)));
    fc.assert(
      fc.property(anyLine, words => {
        assert.deepEqual(texts(words.map(quoteWord).join(' ')), words);
      })
    );
  });

  it('cover the line in order, without overlap', () => {
    fc.assert(
      fc.property(fc.string(), line => {
        let end = 0;
        for (const word of readWords(line)) {
          assert.ok(word.start >= end && word.end > word.start && word.end <= line.length);
          end = word.end;
        }
      })
    );
  });
});
