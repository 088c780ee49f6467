import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { systemClock } from '../../src/runtime/clock.ts';
import type { LivyPort } from '../../src/runtime/livy/port.ts';
import { isReady } from '../../src/runtime/livy/session-state.ts';
import { sqlTable } from '../../src/runtime/livy/sql-table.ts';
import { createTargetClient } from '../../src/runtime/livy/target-client.ts';
import { livyTargetSchema, type CapabilityOverrides } from '../../src/runtime/livy/target.ts';
import { clientSuite } from '../conformance/client-suite.ts';
import { testStack } from './endpoints.ts';

const LIMIT_MS = 180_000;
const limit = (): AbortSignal => AbortSignal.timeout(LIMIT_MS);

function gatewayClient(overrides: CapabilityOverrides = {}): LivyPort {
  const { livyUrl: url, livyToken: token } = testStack();
  const auth = { kind: 'bearer', token } as const;
  const target = livyTargetSchema.parse({ url, type: 'gateway', auth, overrides });
  return createTargetClient(target, { clock: systemClock });
}

clientSuite('the gateway', () =>
  Promise.resolve({
    livy: gatewayClient(),
    expected: { type: 'gateway', richOutput: true, localFiles: true, batches: true },
    close: () => Promise.resolve()
  })
);

/** One of each type, with values that Livy's own form loses. */
const EVERY_TYPE = `SELECT id, 9007199254740993 AS l, CAST(-7 AS TINYINT) AS t, CAST(1.10 AS DECIMAL(9,4)) AS d,
  TIMESTAMP'2024-05-06 07:08:09.123456 UTC' AS ts, TIMESTAMP_NTZ'1899-05-06 07:08:09.000001' AS ntz, DATE'2024-02-29' AS day,
  CAST('NaN' AS DOUBLE) AS nan, CAST('-Infinity' AS FLOAT) AS inf, 1.5D AS x, true AS b, NULL AS n,
  INTERVAL '2' YEAR AS ym, INTERVAL '1 02:03:04.5' DAY TO SECOND AS ds, X'00FF' AS bin, 'é"\\n☃' AS s,
  named_struct('x', 1, 'y', named_struct('z', CAST(2.50 AS DECIMAL(5,2)))) AS st,
  map('k', array(1, CAST(NULL AS INT)), 'm', array()) AS mp, map(1, 'a') AS im, array(named_struct('k', 'v')) AS arr,
  id AS id FROM range(1500)`;

describe('SQL through PySpark', { timeout: 2 * LIMIT_MS }, () => {
  const exact = gatewayClient();
  const wrapped = gatewayClient({ richOutput: false, sparkVersion: 'any' });
  let id: number;

  before(async () => {
    id = (await exact.createSession({ kind: 'pyspark' })).id;
    for (;;) {
      const session = await exact.getSession(id, limit());
      assert.ok(session !== null);
      if (isReady(session.state)) return;
      assert.ok(['starting', 'not_started'].includes(session.state), session.log.join('\n'));
      await systemClock.sleep(50);
    }
  });
  after(() => exact.deleteSession(id));

  const both = (text: string) =>
    Promise.all(
      [exact, wrapped].map(livy => livy.run(id, text, 'sql', { signal: limit() }))
    ) as Promise<[Awaited<ReturnType<LivyPort['run']>>, Awaited<ReturnType<LivyPort['run']>>]>;

  for (const text of [
    EVERY_TYPE,
    'SELECT 1 AS a WHERE false',
    'CREATE OR REPLACE TEMP VIEW v AS SELECT 1 AS a'
  ])
    it(`gives the table of the gateway: ${text.slice(0, 30)}`, async () => {
      const [direct, viaPython] = await both(text);
      assert.ok(viaPython.status === 'ok', JSON.stringify(viaPython));
      const table = sqlTable(viaPython);
      assert.ok(table !== null);
      assert.deepEqual(table, sqlTable(direct));
    });

  it('says why Spark refuses a text', async () => {
    const [, refused] = await both('SELECT * FROM nosuchtable');
    assert.ok(refused.status === 'error');
    assert.match(refused.evalue, /TABLE_OR_VIEW_NOT_FOUND/);
  });

  it('leaves no name behind', async () => {
    const code = "[n for n in dir() if n in ('table', 'cell', 'json', 'F', 'text')]";
    const names = await exact.run(id, code, 'pyspark', { signal: limit() });
    assert.equal(names.data?.['text/plain'], '[]');
  });
});
