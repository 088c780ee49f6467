import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StreamSource } from '../../../src/runtime/streams/port.ts';
import { csvFields } from '../../../src/runtime/trace/csv-line.ts';
import { columnsOfDdl } from '../../../src/runtime/trace/ddl.ts';
import { recordParser } from '../../../src/runtime/trace/parse-record.ts';

function parse(source: Omit<StreamSource, 'topic'>, value: string | null) {
  const record = { topic: 't', partition: 0, offset: 0n, timestamp: 5, key: null, headers: {} };
  const values = recordParser({ topic: 't', ...source }).parse({ ...record, value });
  return values === null ? null : Object.fromEntries(values);
}

const TIME = { __hr_time: 5 };

describe('a record', () => {
  it('of text is its value', () => {
    assert.deepEqual(parse({ format: 'text' }, 'a,b'), { value: 'a,b', ...TIME });
    assert.deepEqual(parse({ format: 'text' }, null), { value: null, ...TIME });
  });

  it('of the clickstream has its four columns', () => {
    const values = { recordtime: 1_700, eventid: '3', url: 'u', ip: 'i', ...TIME };
    assert.deepEqual(parse({ format: 'clickstream' }, '1700,3,u,i'), values);
    assert.equal(parse({ format: 'clickstream' }, '1700,3,u'), null);
  });

  it('of CSV has the columns of its schema, or the names that Spark makes up', () => {
    const schema = '`My Ip` STRING, n DECIMAL(10, 2)';
    const values = { 'my ip': 'a', n: '1.50', ...TIME };
    assert.deepEqual(parse({ format: 'csv', schema }, 'a,1.50'), values);
    assert.deepEqual(parse({ format: 'csv' }, 'a,'), { _c0: 'a', _c1: null, ...TIME });
    assert.equal(parse({ format: 'csv', schema }, 'a,1,2'), null);
  });

  it('of JSON has the columns of its schema, or its own fields', () => {
    const schema = 'ip STRING, at TIMESTAMP, n INT';
    const values = { ip: 'a', at: 2_000, n: null, ...TIME };
    assert.deepEqual(parse({ format: 'json', schema }, '{"ip":"a","at":2,"more":1}'), values);
    assert.deepEqual(parse({ format: 'json' }, '{"Ip":"a"}'), { ip: 'a', ...TIME });
    for (const value of ['[1]', '7', 'no', '', null])
      assert.equal(parse({ format: 'json', schema }, value), null);
  });

  it('has columns that can be compared, and nested ones that cannot', () => {
    const schema = 'ip STRING, s STRUCT<a: INT, ip2: STRING>';
    const parser = recordParser({ topic: 't', format: 'json', schema });
    assert.deepEqual(
      ['IP', 's', 'ip2', '__hr_time'].map(name => parser.has(name)),
      [true, false, false, true]
    );
    assert.ok(recordParser({ topic: 't', format: 'json' }).has('any'));
  });
});

describe('a schema', () => {
  it('is split into names and types', () => {
    const ddl = "a INT NOT NULL, b: MAP<STRING, INT> COMMENT 'x, y', `c``d, e` ARRAY<INT>, f";
    assert.deepEqual(columnsOfDdl(ddl), [
      { name: 'a', type: 'INT' },
      { name: 'b', type: 'MAP<STRING, INT>' },
      { name: 'c`d, e', type: 'ARRAY<INT>' }
    ]);
  });
});

describe('a CSV line', () => {
  it('is split as Spark splits it', () => {
    assert.deepEqual(csvFields('a,,"b,c","d""e","f\\"g",""'), ['a', null, 'b,c', 'd"e', 'f"g', '']);
    assert.deepEqual(csvFields('a, b ,'), ['a', ' b ', null]);
    assert.equal(csvFields('a,"b'), null);
  });
});
