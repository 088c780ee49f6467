import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StreamSpec } from '../../../src/runtime/streams/port.ts';
import { checkSpec, fingerprint } from '../../../src/runtime/streams/spec.ts';

const SPEC: StreamSpec = {
  name: 'counts',
  sources: [{ topic: 'words', format: 'text' }],
  query: { kind: 'wordcount' },
  from: 'earliest',
  mode: 'adaptive',
  maxRealTimeRate: 5_000
};
const CLICKS = { topic: 'clicks', format: 'clickstream' } as const;

describe('the check of a specification', () => {
  it('passes what can be run', () => {
    assert.equal(checkSpec(SPEC), SPEC);
    checkSpec({ ...SPEC, query: { kind: 'sql', text: 'SELECT 1' }, sources: [CLICKS, CLICKS] });
    checkSpec({ ...SPEC, query: { kind: 'rows' }, table: 'shop.visits' });
  });

  const refused: readonly [what: string, change: Partial<StreamSpec>, line: RegExp][] = [
    ['a name that is no SQL name', { name: 'my-counts' }, /name may have letters, digits and _/],
    ['no topic', { sources: [] }, /sources must name a topic/],
    ['an empty query', { query: { kind: 'sql', text: ' ' } }, /query\.text the query is empty/],
    ['a rate of zero', { maxRealTimeRate: 0 }, /maxRealTimeRate must be above 0/],
    ['a table that is no name', { table: 'a; DROP TABLE b' }, /table is no table name/],
    ['a word count of CSV', { sources: [CLICKS] }, /sources of a word count must/],
    ['rows of two topics', { query: { kind: 'rows' }, sources: [CLICKS, CLICKS] }, /be one topic/]
  ];
  for (const [what, change, line] of refused)
    it(`refuses ${what} in one line`, () => {
      assert.throws(
        () => checkSpec({ ...SPEC, ...change }),
        (error: unknown) => {
          assert.ok(error instanceof Error && 'line' in error);
          assert.match(String(error.line), line);
          assert.doesNotMatch(String(error.line), /\n/);
          return true;
        }
      );
    });
});

describe('the fingerprint of a specification', () => {
  it('is the same for what may change between two runs of one checkpoint', () => {
    const other = { ...SPEC, mode: 'micro-batch' as const, maxRealTimeRate: 7 };
    assert.equal(fingerprint(other), fingerprint(SPEC));
  });

  it('differs where the input or the query differs', () => {
    const changes: readonly Partial<StreamSpec>[] = [
      { sources: [{ topic: 'words', format: 'csv' }] },
      { sources: [{ topic: 'words', format: 'text', schema: 'a INT' }] },
      { query: { kind: 'rows' } },
      { query: { kind: 'sql', text: 'SELECT 1' } },
      { table: 't' },
      { from: 'latest' }
    ];
    const prints = changes.map(change => fingerprint({ ...SPEC, ...change }));
    assert.equal(new Set([...prints, fingerprint(SPEC)]).size, changes.length + 1);
  });
});
