import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readEnvironment } from '../../src/local/environment.ts';
import { headracePaths } from '../../src/local/paths.ts';
import { followBatch } from '../../src/runtime/batches/follow-batch.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import type { BatchRequest } from '../../src/runtime/livy/batch-port.ts';
import { jobsJar } from '../../src/setup/jobs-jar.ts';
import { projectFiles } from '../../src/setup/project.ts';
import { failsWith } from '../fakes/errors.ts';
import {
  StreamFixture,
  clicks,
  countWords,
  limit,
  lines,
  quiet,
  sorted
} from './stream-fixture.ts';

const project = projectFiles();
const folder = await mkdtemp(path.join(os.tmpdir(), 'headrace-jobs-'));
const jar = path.join(folder, 'jobs.jar');
after(() => rm(folder, { recursive: true }));

/** Each job as `POST /batches` is told of it. */
const JOBS = {
  scala: {
    wordCount: { file: jar, className: 'headrace.jobs.WordCount' },
    clickstream: { file: jar, className: 'headrace.jobs.ClickstreamToTable' }
  },
  python: {
    wordCount: { file: path.join(project.pythonJobs, 'word_count.py') },
    clickstream: { file: path.join(project.pythonJobs, 'clickstream_to_table.py') }
  }
} as const satisfies Record<string, Record<string, BatchRequest>>;
const LANGUAGES = ['scala', 'python'] as const;

async function step(sources: string, made: string) {
  const environment = await readEnvironment(headracePaths().environmentFile);
  return jobsJar({ ...environment, sources, jar: made });
}

describe('the jar of the sample jobs', () => {
  it('is compiled by what set-up has installed, once', async () => {
    const compiled = await step(project.scalaJobs, jar);
    assert.equal(await compiled.check(limit()), null);
    assert.equal(await compiled.run(quiet, limit()), jar);
    assert.equal(await compiled.check(limit()), jar);
  });

  it('names file and line of a mistake, and leaves no jar', async () => {
    const broken = path.join(folder, 'broken');
    await cp(project.scalaJobs, broken, { recursive: true });
    await writeFile(
      path.join(broken, 'Broken.scala'),
      'object Broken {\n  val n: Int = "one"\n}\n'
    );
    const wrong = await step(broken, path.join(folder, 'broken.jar'));
    await assert.rejects(
      wrong.run(quiet, limit()),
      failsWith('HR_PROCESS', /Broken\.scala:2: error: type mismatch/)
    );
    assert.equal(await wrong.check(limit()), null);
  });
});

describe('the sample jobs', { timeout: 600_000 }, () => {
  let fixture: StreamFixture;
  let words: string;
  let visits: string;
  const text = lines(500);
  const good = clicks(1_000);
  const bad = [
    { value: 'oops' },
    { value: '1,2,www.a.com' },
    { value: 'x,y,z,w' },
    { value: null }
  ];

  before(async () => {
    fixture = await StreamFixture.open('jobs-test');
    [words, visits] = [await fixture.newTopic(), await fixture.newTopic()];
    await fixture.produce(words, text);
    await fixture.produce(visits, [...good, ...bad]);
  });
  after(() => fixture.close());

  const told = (topic: string, output: string) => [fixture.kafka.brokers.join(), topic, output];

  /** Runs a job as a batch of the gateway, to its end. */
  async function run(job: BatchRequest, args: readonly string[]) {
    const { batches } = fixture.sessions;
    const { id } = await batches.submitBatch({ ...job, args }, limit());
    const shown: string[] = [];
    const { state } = await followBatch(batches, id, {
      clock: systemClock,
      signal: limit(),
      onState: quiet,
      onLines: more => shown.push(...more.map(({ text }) => text))
    });
    await batches.deleteBatch(id, limit());
    return { state, lines: shown };
  }

  async function succeeds(job: BatchRequest, args: readonly string[]): Promise<string> {
    const { state, lines: shown } = await run(job, args);
    assert.equal(state, 'success', shown.join('\n'));
    return shown.join('\n');
  }

  /** Ends with this status, after this one line. */
  async function fails(job: BatchRequest, args: readonly string[], status: number, line: RegExp) {
    const { state, lines: shown } = await run(job, args);
    assert.equal(state, 'dead', shown.join('\n'));
    const has = (wanted: RegExp) => shown.filter(text => wanted.test(text)).length;
    assert.equal(has(line), 1, shown.join('\n'));
    assert.equal(has(new RegExp(`exit status ${status}$`)), 1, shown.join('\n'));
  }

  /** The rows of a job's table, read as a notebook would. */
  async function table(output: string, query: string): Promise<unknown[][]> {
    const name = path.basename(output);
    await fixture.sql(`CREATE TABLE ${name} USING parquet LOCATION '${output}'`);
    return fixture.sql(query.replace('TABLE', name));
  }

  for (const language of LANGUAGES)
    it(`count words in ${language}`, async () => {
      const output = path.join(folder, `words_${language}`);
      const log = await succeeds(JOBS[language].wordCount, told(words, output));
      assert.match(log, /batch 0, the most frequent words:/);
      assert.match(log, /\|the *\|500\|/);
      assert.deepEqual(
        await table(output, 'SELECT word, n FROM TABLE ORDER BY word'),
        sorted(countWords(text))
      );
    });

  for (const language of LANGUAGES)
    it(`write visits into a table in ${language}, and say how many do not parse`, async () => {
      const output = path.join(folder, `visits_${language}`);
      const log = await succeeds(JOBS[language].clickstream, told(visits, output));
      assert.match(log, /in all: 1004 records, 4 did not parse/);
      const rows = await table(
        output,
        'SELECT unix_millis(recordtime), eventid, url, ip FROM TABLE ORDER BY eventid'
      );
      assert.deepEqual(
        rows.map(row => row.join()),
        good.map(({ value }) => value)
      );
    });

  it('go on where the last run of the same checkpoint ended', async () => {
    const more = clicks(50, good.length);
    await fixture.produce(visits, more);
    const output = path.join(folder, 'visits_scala');
    const again = [...told(visits, output), '--mode=available-now'];
    assert.match(
      await succeeds(JOBS.scala.clickstream, again),
      /in all: 50 records, 0 did not parse/
    );
    await fixture.sql('REFRESH TABLE visits_scala');
    assert.deepEqual(
      await fixture.sql('SELECT count(*), count(DISTINCT eventid) FROM visits_scala'),
      [[1_050, 1_050]]
    );
  });

  it('end with one line and status 1 when the topic is not there', async () => {
    const nowhere = told(`${visits}-nowhere`, path.join(folder, 'nowhere'));
    await fails(
      JOBS.python.clickstream,
      nowhere,
      1,
      /^clickstream_to_table\.py: .*UnknownTopicOrPartition/
    );
  });

  it('explain wrong arguments in one line, with status 2', async () => {
    await fails(
      JOBS.scala.wordCount,
      [...told(words, folder), '--mode', 'now'],
      2,
      /^WordCount: --mode must be one of available-now, continuous, not now\. Usage: WordCount BROKERS/
    );
    await fails(
      JOBS.python.wordCount,
      [...told(words, folder), '--mode', 'now'],
      2,
      /^word_count\.py: argument --mode: invalid choice: 'now' .* Usage: word_count\.py/
    );
  });
});
