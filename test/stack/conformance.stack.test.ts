import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readCapture } from '../conformance/captures.ts';
import { deviations, type Answer } from '../conformance/compare.ts';
import { expectedDeviations } from '../conformance/differences.ts';
import { codeOf, SPARK_SESSIONS, statementRows } from '../conformance/statements.ts';
import { idleSession, post, rest, run, untilState } from './rest.ts';

/** Number of the recorded session of kind `spark`, which more is done with. */
const SPARK = 6;

function assertAsRecorded(name: string, answer: Answer): void {
  const found = deviations(readCapture(name), answer);
  assert.deepEqual(
    found.map(({ where }) => where).sort(),
    expectedDeviations(name),
    JSON.stringify(found, null, 2)
  );
}

function creationOf(name: string): unknown {
  return JSON.parse(readCapture(name).request.body ?? '');
}

describe('Spark answers through the gateway as through real Livy', { timeout: 600_000 }, () => {
  const sessions = Object.entries(SPARK_SESSIONS).map(
    ([number, name]) => [Number(number), name] as const
  );
  for (const [number, creation] of sessions.filter(([number]) => number !== SPARK))
    describe(creation, () => {
      let session = '';
      before(async () => {
        session = await idleSession(creationOf(creation));
      });
      after(() => rest('DELETE', session));

      for (const { capture, posted } of statementRows(number))
        it(capture.name, async () => assertAsRecorded(capture.name, await run(session, posted)));
    });

  describe('session-create-spark', () => {
    let session = '';
    before(async () => {
      session = await idleSession(creationOf('session-create-spark'));
    });
    after(() => rest('DELETE', session));

    for (const { capture, posted } of statementRows(SPARK))
      it(capture.name, async () => assertAsRecorded(capture.name, await run(session, posted)));

    for (const name of ['completion-spark', 'completion-pyspark'])
      it(name, async () => {
        const { body } = readCapture(name).request;
        assertAsRecorded(name, await rest('POST', `${session}/completion`, body));
      });

    it('cancels a running Spark job, and goes on with the next statement', async () => {
      const job = await post(session, { code: codeOf('statement-cancelled-running-job') });
      const next = await post(session, { code: codeOf('statement-after-cancelled') });
      await untilState(job, 'running');
      assertAsRecorded('statement-cancel-again', await rest('POST', `${job}/cancel`));
      const cancelled = await untilState(job, 'cancelled');
      assertAsRecorded('statement-cancelled-running-job', cancelled);
      assertAsRecorded('statement-cancelled-running-job-later', cancelled);
      assertAsRecorded('statement-after-cancelled', await untilState(next, 'available'));
    });

    it('cancels sql', async () => {
      const sql = await post(session, { code: codeOf('statement-cancelled-sql'), kind: 'sql' });
      await untilState(sql, 'running');
      await rest('POST', `${sql}/cancel`);
      assertAsRecorded('statement-cancelled-sql', await untilState(sql, 'cancelled'));
    });

    it('cancels a sleep of the driver', async () => {
      const sleep = await post(session, { code: codeOf('statement-cancelled-driver-sleep') });
      await untilState(sleep, 'running');
      await rest('POST', `${sleep}/cancel`);
      assertAsRecorded('statement-cancelled-driver-sleep', await untilState(sleep, 'cancelled'));
    });
  });
});
