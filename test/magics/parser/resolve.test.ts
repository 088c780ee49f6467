import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { titleOf } from '../../../src/magics/parser/title.ts';
import { resolveMagic } from '../../../src/magics/parser/resolve.ts';
import { MAGICS } from '../../../src/magics/registry.ts';
import { failsWith } from '../../fakes/errors.ts';

const line = (text: string) => resolveMagic(MAGICS, 'line', text);
const cell = (text: string) => resolveMagic(MAGICS, 'cell', text);

describe('a magic line', () => {
  it('finds its form by name and action, or by name alone', () => {
    const title = (found: ReturnType<typeof line>) =>
      'magic' in found ? titleOf(found.magic) : null;
    assert.equal(title(line('topic create words')), '%topic create');
    assert.equal(title(line('produce clickstream --topic t')), '%produce clickstream');
    assert.equal(title(line('produce words.txt')), '%produce');
    assert.equal(title(cell('produce --topic t')), '%%produce');
    assert.equal(title(cell('stream --as x')), '%%stream');
    assert.equal(title(cell('sql')), '%sql');
  });

  it('asks for help on a magic whose action is missing', () => {
    assert.deepEqual(line('topic --help'), { helpFor: 'topic' });
  });

  const mistakes: readonly [() => unknown, RegExp][] = [
    [
      () => line('topc list'),
      /^There is no magic %topc\. Did you mean %topic\? %help lists all\.$/
    ],
    [() => cell('sqll'), /^There is no magic %%sqll\. Did you mean %%sql\?/],
    [() => line('topic crate x'), /^%topic cannot crate\. Did you mean %topic create\?$/],
    [() => line('topic'), /^%topic needs to know what to do\. Write %topic create, %topic list/],
    [
      () => cell('topic create x'),
      /^%%topic does not exist \(this magic is one line\)\. Write %topic\.$/
    ],
    [() => line('matplotlib inline'), /^There is no magic %matplotlib\. Known: %provision, /]
  ];
  for (const [resolve, message] of mistakes)
    it(`is refused: ${String(message)}`, () => {
      assert.throws(resolve, failsWith('HR_USAGE', message));
    });
});
