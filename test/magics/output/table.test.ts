import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tableBundle, type Table } from '../../../src/magics/output/table.ts';

const TABLE: Table = {
  columns: [
    { name: 'what' },
    { name: 'stack', short: true },
    { name: 'price', numeric: true },
    { name: 'why', optional: true }
  ],
  rows: [
    ['a <broker>', 'kafka', '$0.173', ''],
    ['a gateway', 'net', '$10.050', '']
  ],
  total: ['all', '', '$10.223', ''],
  note: 'From $1 to $2.'
};

describe('a table', () => {
  it('has its sums below a line, and numbers at the right edge', () => {
    assert.equal(
      tableBundle(TABLE)['text/plain'],
      [
        'what        stack    price',
        '----------  -----  -------',
        'a <broker>  kafka   $0.173',
        'a gateway   net    $10.050',
        '----------  -----  -------',
        'all                $10.223',
        'From $1 to $2.'
      ].join('\n')
    );
    const html = String(tableBundle(TABLE)['text/html']);
    assert.match(html, /<tfoot><tr><td [^>]*font-weight: bold[^>]*>all<\/td>/);
    assert.match(html, /<td style="text-align: right; [^"]*tabular-nums">\$10\.050</);
    assert.match(html, /<td style="text-align: left; white-space: nowrap">net</);
    assert.match(html, />a &lt;broker&gt;</);
  });

  it('leaves out an optional column where no row has a value', () => {
    assert.doesNotMatch(String(tableBundle(TABLE)['text/html']), /why/);
    const [first = [], ...others] = TABLE.rows;
    const rows = [first.with(3, 'a quota'), ...others];
    assert.match(
      String(tableBundle({ ...TABLE, rows })['text/plain']),
      /price {2}why\n[^]*a quota/
    );
  });

  it('lets a line of headings break, but no number', () => {
    const html = String(tableBundle(TABLE)['text/html']);
    assert.match(html, /<th style="text-align: right">price<\/th>/);
  });

  it('is never taken for mathematics between two dollar signs', () => {
    const html = String(tableBundle(TABLE)['text/html']);
    assert.match(
      html,
      /^<div class="mathjax_ignore tex2jax_ignore">[^]*From \$1 to \$2[^]*<\/div>$/
    );
  });
});
