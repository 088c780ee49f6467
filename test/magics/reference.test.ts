import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { splitCell } from '../../src/magics/parser/split-cell.ts';
import { parseArguments } from '../../src/magics/parser/arguments.ts';
import { fieldsOf } from '../../src/magics/parser/fields.ts';
import { resolveMagic } from '../../src/magics/parser/resolve.ts';
import { titleOf } from '../../src/magics/parser/title.ts';
import { referencePage } from '../../src/magics/reference.ts';
import { MAGICS } from '../../src/magics/registry.ts';

describe('the reference of the magics', () => {
  it('is what docs/magics.md holds; npm run docs writes it', async () => {
    const page = await readFile(new URL('../../docs/magics.md', import.meta.url), 'utf8');
    assert.equal(page, referencePage());
  });

  for (const magic of MAGICS) {
    it(`has help for every argument of ${titleOf(magic)}, and a body where it is a cell`, () => {
      for (const field of fieldsOf(magic)) assert.match(field.help, /^[A-Z].*\.$/, field.key);
      assert.match(magic.summary, /^[A-Z].*\.$/);
      assert.equal(magic.kinds.includes('cell'), magic.body !== undefined);
    });

    for (const example of magic.examples)
      it(`shows an example that is right: ${JSON.stringify(example)}`, () => {
        const [segment] = splitCell(example);
        assert.ok(segment !== undefined && segment.kind !== 'python');
        const found = resolveMagic(MAGICS, segment.kind, segment.text);
        assert.ok('magic' in found && found.magic === magic);
        parseArguments(magic, segment.text.slice(found.argumentsAt));
      });
  }
});
