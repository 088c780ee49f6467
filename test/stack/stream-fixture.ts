import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/runtime/clock.ts';
import { createKafka } from '../../src/runtime/kafka/client.ts';
import type { KafkaPort, KafkaRecord } from '../../src/runtime/kafka/port.ts';
import { bearer } from '../../src/runtime/livy/auth/fixed.ts';
import { createLivyClient } from '../../src/runtime/livy/client.ts';
import { sqlTable } from '../../src/runtime/livy/sql-table.ts';
import { createNotebookSessions } from '../../src/runtime/session/notebook-sessions.ts';
import type { NotebookSession, NotebookSessions } from '../../src/runtime/session-port.ts';
import { createStreamManager } from '../../src/runtime/streams/manager.ts';
import type {
  ResultRow,
  StreamHandle,
  StreamManager,
  StreamSpec
} from '../../src/runtime/streams/port.ts';
import { HeadraceError, type ErrorCode } from '../../src/shared/errors.ts';
import { testStack } from './endpoints.ts';

const NO_DEPENDENCIES = { packages: [], conf: {} };
const LIMIT_MS = 180_000;
/** Above what these tests produce, so that the rate does not decide the mode. */
const MAX_RATE = 20_000;

/** The longest wait of a test. */
export const limit = (): AbortSignal => AbortSignal.timeout(LIMIT_MS);
export const quiet = (): void => undefined;

/** Waits on a condition with a bound; `told` says what was seen instead. */
export async function eventually(
  told: () => string,
  check: () => boolean | Promise<boolean>
): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  while (!(await check())) {
    assert.ok(Date.now() < deadline, told());
    await systemClock.sleep(50);
  }
}

/** Checks the code and the line of an error, for `assert.rejects`. */
export function failsWith(code: ErrorCode, line: RegExp) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof HeadraceError, String(error));
    assert.equal(error.code, code, error.line);
    assert.match(error.line, line);
    return true;
  };
}

/** The newest row of each key, as a view would hold them. */
export function collect(stream: StreamHandle): Map<string, ResultRow> {
  const rows = new Map<string, ResultRow>();
  stream.onRows(batch => batch.forEach(row => rows.set(row.key, row)));
  return rows;
}

/** Words counted without Spark. */
export function countWords(records: readonly KafkaRecord[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { value } of records)
    for (const word of (value ?? '').split(/\s+/).filter(Boolean))
      counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

export function sorted(counts: Record<string, unknown>): [string, unknown][] {
  return Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Waits until the rows hold exactly these counts. */
export async function untilCounts(
  rows: ReadonlyMap<string, ResultRow>,
  expected: Record<string, number>
): Promise<void> {
  const wanted = JSON.stringify(sorted(expected));
  const counted = () =>
    JSON.stringify(
      sorted(
        Object.fromEntries([...rows.values()].map(({ row }) => [String(row?.['word']), row?.['n']]))
      )
    );
  await eventually(
    () => `counts ${counted()} are not ${wanted}`,
    () => counted() === wanted
  );
}

/** Lines of text; the words of each differ. */
export function lines(count: number): KafkaRecord[] {
  return Array.from({ length: count }, (_, n) => ({ value: `w${n % 13} w${n % 7}  the` }));
}

/** Clickstream records numbered on from `from`. */
export function clicks(count: number, from = 0): KafkaRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const n = from + index;
    const time = 1_700_000_000_000 + n * 1000;
    return { value: `${time},${n},www.amazon${n % 5}.com,192.168.2.${n % 3}` };
  });
}

export function specOf(
  changes: Pick<StreamSpec, 'name' | 'sources' | 'query'> & Partial<StreamSpec>
): StreamSpec {
  return { from: 'earliest', mode: 'adaptive', maxRealTimeRate: MAX_RATE, ...changes };
}

export function wordCount(name: string, topic: string): StreamSpec {
  return specOf({ name, sources: [{ topic, format: 'text' }], query: { kind: 'wordcount' } });
}

/** One notebook on the stack of the tests: a Spark session, topics and a stream manager. */
export class StreamFixture {
  readonly kafka: KafkaPort;
  readonly notebookId: string;
  readonly sessions: NotebookSessions;
  streams: StreamManager;
  readonly #checkpointDir: string;
  readonly #topics: string[] = [];

  private constructor(name: string, checkpointDir: string, kafka: KafkaPort | null) {
    const { brokers, livyUrl: url, livyToken: token } = testStack();
    this.kafka = kafka ?? createKafka({ brokers, clientId: name });
    this.notebookId = `${name}-${process.pid}`;
    this.sessions = createNotebookSessions({
      livy: createLivyClient({
        endpoint: () => ({ url, auth: bearer(token) }),
        clock: systemClock
      }),
      notebook: this.notebookId,
      dependencies: NO_DEPENDENCIES,
      resolvePackages: () => Promise.resolve([]),
      clock: systemClock
    });
    this.#checkpointDir = checkpointDir;
    this.streams = this.#newManager();
  }

  /** The session that cells of this notebook run in. */
  get session(): NotebookSession {
    return this.sessions.current;
  }

  /** `kafka` is the fixture's from now on; a client of its own without. */
  static async open(name: string, kafka: KafkaPort | null = null): Promise<StreamFixture> {
    const fixture = new StreamFixture(name, await mkdtemp(join(tmpdir(), `${name}-`)), kafka);
    await fixture.session.ensure(quiet, limit());
    return fixture;
  }

  async close(): Promise<void> {
    await this.streams.stop('all', { purge: true }, limit());
    await this.streams.close();
    await this.session.reset(NO_DEPENDENCIES, limit());
    if (this.#topics.length > 0) await this.kafka.admin.deleteTopics(this.#topics);
    await this.kafka.close();
    await rm(this.#checkpointDir, { recursive: true, force: true });
  }

  /** What a kernel restart does to the streams: they run on, seen by a new manager. */
  async restartKernel(): Promise<void> {
    await this.streams.close();
    this.streams = this.#newManager();
  }

  async newTopic(): Promise<string> {
    const name = `streams-test-${randomUUID()}`;
    await this.kafka.admin.createTopics([{ name, partitions: 2 }]);
    this.#topics.push(name);
    return name;
  }

  async produce(topic: string, records: readonly KafkaRecord[]): Promise<void> {
    const producer = await this.kafka.producer();
    await producer.send(topic, records);
    await producer.close();
  }

  start(spec: StreamSpec): Promise<StreamHandle> {
    return this.streams.start(spec, quiet, limit());
  }

  async stop(name: string, purge: boolean): Promise<void> {
    await this.streams.stop([name], { purge }, limit());
  }

  async python(code: string): Promise<void> {
    const output = await this.session.run(code, 'pyspark', { signal: limit() });
    assert.equal(output.status, 'ok', JSON.stringify(output));
  }

  async sql(text: string): Promise<unknown[][]> {
    const output = await this.session.run(text, 'sql', { signal: limit() });
    assert.equal(output.status, 'ok', JSON.stringify(output));
    const table = sqlTable(output);
    assert.ok(table !== null);
    return table.rows.map(row => [...row]);
  }

  /** Topics of this notebook's streams that exist. */
  async leftTopics(): Promise<string[]> {
    return (await this.kafka.admin.listTopics()).filter(name => name.includes(this.notebookId));
  }

  #newManager(): StreamManager {
    const { notebookId, kafka, sessions } = this;
    const checkpointDir = this.#checkpointDir;
    const { brokers } = kafka;
    const clock = systemClock;
    return createStreamManager({ notebookId, kafka, sessions, brokers, clock, checkpointDir });
  }
}
