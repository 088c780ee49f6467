import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MAGICS } from '../../../src/magics/registry.ts';
import { titleOf } from '../../../src/magics/parser/title.ts';
import { failsWith } from '../../fakes/errors.ts';
import { openCells } from '../../fakes/notebook.ts';

describe('%help', () => {
  it('lists every magic', async test => {
    const { cell } = await openCells(test, { provisioned: false });
    const { out } = await cell('%help');
    for (const magic of MAGICS) assert.ok(out.includes(`  ${titleOf(magic)} `), titleOf(magic));
  });

  it('explains one magic, by name or by flag, before anything is provisioned', async test => {
    const { cell } = await openCells(test, { provisioned: false });
    const { out } = await cell('%help topic create');
    assert.match(out, /^%topic create NAME \[--partitions N\] \[--config CONFIG \.\.\.\]\n/);
    assert.match(out, /--partitions +How many partitions\. Default: 1\./);
    assert.equal((await cell('%topic create --help')).out, out);
    assert.match((await cell('%topic --help')).out, /%topic create[^]*%topic peek/);
    assert.match((await cell('%%stream --help\n')).out, /Body: one SELECT/);
  });

  it('names the nearest magic', async test => {
    const { cell } = await openCells(test, { provisioned: false });
    await assert.rejects(cell('%help tpic'), failsWith('HR_USAGE', /Did you mean %topic\?/));
  });
});
