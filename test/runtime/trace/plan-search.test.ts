import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SourceRecords } from '../../../src/shared/source-record.ts';
import { asked, lines, offsetsOf, Tracing, type Asked } from './tracing.ts';

/** Times of the clicks: 0, 5,000, 10,000, 15,000. */
const CLICKS = lines('0,0,a,x', '5000,1,b,x', '10000,2,a,y', '15000,3,a,x');
const WINDOW = "window(recordtime, '10 seconds')";

async function traced(what: Asked): Promise<SourceRecords> {
  const tracing = new Tracing();
  await tracing.produce('clicks', CLICKS);
  return await tracing.trace(asked(what));
}

async function refused(what: Asked): Promise<string> {
  const found = await traced(what);
  assert.deepEqual([found.records, found.searched], [[], 0]);
  return found.note;
}

describe('the records behind a group', () => {
  const group: Asked = {
    sql: 'SELECT url AS page, ip, count(*) AS n FROM clicks GROUP BY url, ip',
    columns: { page: 'text', ip: 'text', n: 'number' },
    keys: ['page', 'ip'],
    row: { page: 'a', ip: 'x', n: 2 }
  };

  it('have its grouping columns', async () => {
    const found = await traced(group);
    assert.deepEqual(offsetsOf(found), ['3', '0']);
    assert.deepEqual([found.searched, found.note], [4, '']);
  });

  it('may be numbers and times', async () => {
    const sql =
      'SELECT eventid, recordtime, count(*) AS n FROM clicks GROUP BY eventid, recordtime';
    const columns = { eventid: 'number', recordtime: 'time', n: 'number' } as const;
    const keys = ['eventid', 'recordtime'];
    const row = { eventid: 2, recordtime: 10_000, n: 1 };
    assert.deepEqual(offsetsOf(await traced({ sql, columns, keys, row })), ['2']);
  });

  it('are in the time window, from its start up to but without its end', async () => {
    const sql = `SELECT window.start AS t, url, count(*) AS n FROM clicks GROUP BY ${WINDOW}, url`;
    const columns = { t: 'time', url: 'text', n: 'number' } as const;
    const of = (t: number) =>
      traced({ sql, columns, keys: ['t', 'url'], row: { t, url: 'a', n: 1 } });
    assert.deepEqual(offsetsOf(await of(0)), ['0']);
    assert.deepEqual(offsetsOf(await of(10_000)), ['3', '2']);
  });

  it('are told by the end of a window too', async () => {
    const sql = `SELECT ${WINDOW}.end AS t, count(*) AS n FROM clicks GROUP BY ${WINDOW}`;
    const what: Asked = {
      sql,
      columns: { t: 'time', n: 'number' },
      keys: ['t'],
      row: { t: 10_000 }
    };
    assert.deepEqual(offsetsOf(await traced(what)), ['1', '0']);
  });

  it('are told by the keys that can be compared, and the note names the others', async () => {
    const sql = 'SELECT upper(url) AS u, ip, count(*) AS n FROM clicks GROUP BY upper(url), ip';
    const columns = { u: 'text', ip: 'text', n: 'number' } as const;
    const found = await traced({ sql, columns, keys: ['u', 'ip'], row: { u: 'A', ip: 'y', n: 1 } });
    assert.deepEqual(offsetsOf(found), ['2']);
    assert.equal(found.note, 'Not compared: u, computed by the query.');
  });

  it('are not searched for where no key can be compared', async () => {
    const sql = 'SELECT upper(url) AS u, count(*) AS n FROM clicks GROUP BY upper(url)';
    const columns = { u: 'text', n: 'number' } as const;
    const note = await refused({ sql, columns, keys: ['u'], row: { u: 'A', n: 3 } });
    assert.equal(note, 'The records cannot be told from the row: the query computes u.');
  });

  it('may include some that the query left out', async () => {
    const sql = "SELECT ip, count(*) AS n FROM clicks WHERE url = 'a' GROUP BY ip";
    const columns = { ip: 'text', n: 'number' } as const;
    const found = await traced({ sql, columns, keys: ['ip'], row: { ip: 'x', n: 2 } });
    assert.deepEqual(offsetsOf(found), ['3', '1', '0']);
    assert.equal(found.note, 'Records that WHERE left out may be among these.');
  });

  it('are all records where there is one group', async () => {
    const sql = 'SELECT count(*) AS n FROM clicks';
    const found = await traced({ sql, columns: { n: 'number' }, keys: [], row: { n: 4 } });
    assert.equal(found.records.length, 4);
    assert.equal(found.note, 'The query makes one row of all records.');
  });

  it('come of the topics that have a column to compare', async () => {
    const tracing = new Tracing();
    await tracing.produce('orders', lines('{"who":"x","n":"1"}', '{"who":null}', 'dead'));
    await tracing.produce('people', lines('x,1'));
    const request = asked({
      sql: 'SELECT who, count(*) AS n FROM orders JOIN people ON who = name GROUP BY who',
      sources: [
        { topic: 'orders', format: 'json', schema: 'who STRING, n STRING' },
        { topic: 'people', format: 'csv', schema: 'name STRING, age INT' }
      ],
      columns: { who: 'text', n: 'number' },
      keys: ['who'],
      row: { who: null, n: 1 }
    });
    const found = await tracing.trace(request);
    assert.deepEqual(offsetsOf(found), ['1']);
    assert.equal(found.searched, 3);
    assert.match(
      found.note,
      /^Not searched: people, without a column to compare\. Records that JOIN/
    );
  });
});

describe('the records behind a row of a view', () => {
  const lineOf: Asked = {
    sql: `SELECT window, url, count(*) AS n FROM clicks GROUP BY ${WINDOW}, url`,
    columns: { window: 'time', url: 'text', n: 'number' },
    keys: ['window', 'url'],
    view: { kind: 'line', category: 'window', series: 'url', values: ['s0'], measured: 'n' },
    row: { window: 0, s0: 1, s1: null }
  };

  it('of lines by series are those of the time, and the note says so', async () => {
    const found = await traced(lineOf);
    assert.deepEqual(offsetsOf(found), ['1', '0']);
    const note = 'The row does not tell url apart, so records of others may be among these.';
    assert.equal(found.note, note);
  });

  it('of lines that are not aggregated are those of the averaged time', async () => {
    const columns = { recordtime: 'time', eventid: 'number' } as const;
    const view = { kind: 'line' as const, category: 'recordtime', values: ['eventid'] };
    const row = { recordtime: 5_000, eventid: 1 };
    assert.deepEqual(offsetsOf(await traced({ columns, view, row })), ['1']);
    const wide = { ...view, windowMs: 60_000_000 };
    assert.deepEqual(offsetsOf(await traced({ columns, view: wide, row })), ['2', '1']);
  });

  it('of lines are not searched for where the time is computed', async () => {
    const sql = 'SELECT url, max(recordtime) AS t, count(*) AS n FROM clicks GROUP BY url';
    const columns = { url: 'text', t: 'time', n: 'number' } as const;
    const view = { kind: 'line' as const, category: 't', values: ['n'] };
    const note = await refused({ sql, columns, keys: ['url'], view, row: { t: 5, n: 1 } });
    assert.equal(note, 'The records cannot be told from the row: it does not say url.');
  });

  it('of a histogram are those within the bin, without its end', async () => {
    const columns = { eventid: 'number' } as const;
    const view = { kind: 'histogram' as const, category: 'eventid' };
    const row = { from: 1, to: 3, n: 2 };
    assert.deepEqual(offsetsOf(await traced({ columns, view, row })), ['2', '1']);
  });

  it('of a histogram of an aggregate are not to be told', async () => {
    const sql = 'SELECT url, count(*) AS n FROM clicks GROUP BY url';
    const columns = { url: 'text', n: 'number' } as const;
    const view = { kind: 'histogram' as const, category: 'n' };
    const note = await refused({
      sql,
      columns,
      keys: ['url'],
      view,
      row: { from: 1, to: 2, n: 1 }
    });
    assert.match(note, /^The column n is computed of many records/);
  });

  it('of a heat map have what is across and down', async () => {
    const view = { kind: 'heatmap' as const, category: 'window', series: 'url', values: ['n'] };
    const row = { window: 10_000, url: 'a', n: 2 };
    const found = await traced({ ...lineOf, view, row });
    assert.deepEqual([offsetsOf(found), found.note], [['3', '2'], '']);
  });

  it('of a number are not to be told', async () => {
    const view = { kind: 'number' as const };
    assert.match(
      await refused({ ...lineOf, view, row: { time: 1, value: 3 } }),
      /^A single number/
    );
  });

  it('of a chart of the author have the cells of the row', async () => {
    const columns = { url: 'text', ip: 'text' } as const;
    const view = { kind: 'vega-lite' as const };
    const found = await traced({ columns, view, row: { url: 'a', ip: 'y' } });
    assert.deepEqual(offsetsOf(found), ['2']);
  });
});
