import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { originsOf, type Origin } from '../../../src/runtime/trace/sql-origins.ts';

function originOf(text: string, column: string): Origin {
  return originsOf({ kind: 'sql', text }).of(column);
}

const OTHER: Origin = { kind: 'other' };

function column(name: string): Origin {
  return { kind: 'column', column: name };
}

function window(of: string, lengthMs: number, bound: 'start' | 'end' = 'start'): Origin {
  return { kind: 'window', column: of, lengthMs, bound };
}

describe('the origin of a column of a SQL query', () => {
  it('is a column of the source, by name or through a plain alias', () => {
    const cases: [string, string, Origin][] = [
      ['SELECT url, count(*) AS n FROM t GROUP BY url', 'url', column('url')],
      ['select URL as Page, count(*) n from t group by url', 'page', column('url')],
      ['SELECT t.url page FROM t', 'page', column('url')],
      ['SELECT `my col` AS `a b` FROM `blog-replay`', 'a b', column('my col')],
      ['SELECT DISTINCT ip FROM t', 'ip', column('ip')],
      ['SELECT * FROM t', 'ip', column('ip')],
      ['SELECT t.*, 1 AS one FROM t', 'ip', column('ip')],
      ['SELECT ip, -- url AS ip\n /* , x AS ip */ count(*) FROM t GROUP BY ip', 'ip', column('ip')]
    ];
    for (const [text, name, origin] of cases) assert.deepEqual(originOf(text, name), origin, text);
  });

  it('is a time window with the length of its literal', () => {
    const group = "count(*) AS n FROM t GROUP BY window(recordtime, '10 seconds')";
    const cases: [string, string, Origin][] = [
      [`SELECT window, ${group}`, 'window', window('recordtime', 10_000)],
      [`SELECT window.start AS t, ${group}`, 't', window('recordtime', 10_000)],
      [`SELECT window.end, ${group}`, 'end', window('recordtime', 10_000, 'end')],
      ["SELECT window(t.at, '1 minute') AS w FROM t", 'w', window('at', 60_000)],
      [
        "SELECT window(at, '1 minute', '10 seconds').end AS e FROM t",
        'e',
        window('at', 60_000, 'end')
      ],
      ["SELECT window(at, '1 minute 30 seconds') FROM t", 'window', window('at', 90_000)],
      ['SELECT window(at, INTERVAL 2 HOURS) w FROM t', 'w', window('at', 7_200_000)],
      ["SELECT window(at, interval '500' millisecond) w FROM t", 'w', window('at', 500)],
      [
        "SELECT w.start AS s FROM t GROUP BY window(at, '1 day') AS w",
        's',
        window('at', 86_400_000)
      ]
    ];
    for (const [text, name, origin] of cases) assert.deepEqual(originOf(text, name), origin, text);
  });

  it('is followed through subqueries', () => {
    const inner =
      "SELECT url AS page, window(at, '1 second') AS w, count(*) AS n FROM t GROUP BY 1, 2";
    assert.deepEqual(originOf(`SELECT page AS p, n FROM (${inner})`, 'p'), column('url'));
    assert.deepEqual(originOf(`SELECT * FROM (${inner}) WHERE n > 3`, 'page'), column('url'));
    assert.deepEqual(originOf(`SELECT x.w.start AS s FROM (${inner}) x`, 's'), window('at', 1_000));
    assert.deepEqual(originOf(`WITH x AS (${inner}) SELECT page FROM x`, 'page'), column('url'));
    const within = 'SELECT url FROM t WHERE ip IN (SELECT ip FROM u)';
    assert.deepEqual(originOf(within, 'url'), column('url'));
  });

  it('is not known of an expression, or where a query branches', () => {
    const cases: [string, string][] = [
      ['SELECT upper(url) AS url FROM t', 'url'],
      ["SELECT date_trunc('minute', at) AS at FROM t", 'at'],
      ['SELECT a + b c FROM t', 'c'],
      ["SELECT CASE WHEN a = 'x' THEN 1 ELSE 2 END AS a FROM t", 'a'],
      ["SELECT session_window(at, '1 minute') AS w FROM t", 'w'],
      ["SELECT window(at, '2 months') AS w FROM t", 'w'],
      ["SELECT window(to_timestamp(at), '1 second') AS w FROM t", 'w'],
      ["SELECT window(window, '1 hour') AS w FROM t GROUP BY window(window, '1 hour')", 'w'],
      ['SELECT ip FROM t UNION ALL SELECT url AS ip FROM t', 'ip'],
      ['SELECT ip FROM t', 'url'],
      ['no query at all', 'ip']
    ];
    for (const [text, name] of cases) assert.deepEqual(originOf(text, name), OTHER, text);
  });

  it('is a word, or the column itself, where there is no SQL', () => {
    assert.deepEqual(originsOf({ kind: 'wordcount' }).of('word'), { kind: 'word' });
    assert.deepEqual(originsOf({ kind: 'wordcount' }).of('n'), OTHER);
    assert.deepEqual(originsOf({ kind: 'rows' }).of('n'), column('n'));
  });
});

describe('clauses that leave records out', () => {
  it('are found in the text, not in its literals and comments', () => {
    const filters = (text: string) => originsOf({ kind: 'sql', text }).filters;
    assert.deepEqual(filters('SELECT a FROM t where a > 1 having b'), ['WHERE', 'HAVING']);
    assert.deepEqual(filters('SELECT a FROM t JOIN u USING (a)'), ['JOIN']);
    assert.deepEqual(filters("SELECT 'it''s where' AS a, 'x\\' join' FROM t -- WHERE"), []);
  });
});
