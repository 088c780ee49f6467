import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gatewayFixture } from '../gateway-fixture.ts';

type Fixture = Awaited<ReturnType<typeof gatewayFixture>>;

async function samples({ call }: Fixture): Promise<string[]> {
  const { status, body, headers } = await call('GET', '/metrics');
  assert.equal(status, 200);
  assert.match(String(headers['content-type']), /^text\/plain; version=0\.0\.4/);
  return String(body).split('\n');
}

describe('GET /metrics', () => {
  it('counts statements by language and outcome, and times those that ran', async () => {
    const fixture = await gatewayFixture();
    const { call, clock, drivers, idleSession } = fixture;
    const id = await idleSession({ kind: 'pyspark' });
    const post = (kind: string) =>
      call('POST', `/sessions/${id}/statements`, { code: 'secret-code', kind });
    await post('pyspark');
    await clock.advance(70);
    drivers.last.finish('1');
    await post('sql');
    drivers.last.answer({ status: 'error', ename: 'Error', evalue: '', traceback: [] });
    await post('spark');
    await post('spark');
    await call('POST', `/sessions/${id}/statements/3/cancel`);
    const lines = await samples(fixture);
    for (const line of [
      'headrace_statements_total{kind="pyspark",outcome="ok"} 1',
      'headrace_statements_total{kind="sql",outcome="error"} 1',
      'headrace_statements_total{kind="spark",outcome="cancelled"} 1',
      'headrace_statement_duration_seconds_bucket{le="0.05",kind="pyspark"} 0',
      'headrace_statement_duration_seconds_bucket{le="0.1",kind="pyspark"} 1',
      'headrace_statement_duration_seconds_sum{kind="pyspark"} 0.07',
      'headrace_statement_duration_seconds_count{kind="sql"} 1'
    ])
      assert.ok(lines.includes(line), `${line}\n${lines.join('\n')}`);
    assert.ok(!lines.some(line => line.includes('duration_seconds_count{kind="spark"}')));
    assert.doesNotMatch(lines.join('\n'), /secret-code/);
  });

  it('counts sessions by their state now', async () => {
    const fixture = await gatewayFixture();
    await fixture.idleSession();
    await fixture.idleSession();
    assert.ok((await samples(fixture)).includes('headrace_sessions{state="idle"} 2'));
    fixture.drivers.last.events.ended('gone');
    const lines = await samples(fixture);
    assert.ok(lines.includes('headrace_sessions{state="idle"} 1'));
    assert.ok(lines.includes('headrace_sessions{state="dead"} 1'));
  });

  it('tells the memory of the process', async () => {
    const lines = await samples(await gatewayFixture());
    const resident = lines.find(line => line.startsWith('process_resident_memory_bytes '));
    assert.ok(Number(resident?.split(' ')[1]) > 1_000_000);
  });

  it('shows a browser the menu that Livy has there', async () => {
    const { call } = await gatewayFixture();
    const { body } = await call('GET', '/metrics', undefined, { accept: 'text/html,*/*;q=0.8' });
    assert.match(String(body), /<h1>Operational Menu<\/h1>/);
  });
});
