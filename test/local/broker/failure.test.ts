import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brokerFailure, brokerFault, lastLines } from '../../../src/local/broker/failure.ts';

describe('brokerFault', () => {
  const known: [string, string][] = [
    [
      'ERROR Exiting Kafka due to fatal exception: Socket server failed to bind to 127.0.0.1:9092: Address already in use.',
      'port'
    ],
    ['java.io.IOException: No space left on device', 'disk'],
    ['Error occurred during initialization: Could not reserve enough space', 'memory'],
    ['java.lang.UnsupportedClassVersionError: kafka/Kafka', 'java'],
    ['INFO all is well', 'other']
  ];
  for (const [line, fault] of known) {
    it(`finds ${fault}`, () => assert.equal(brokerFault(['x', line, 'y']), fault));
  }
});

describe('brokerFailure', () => {
  it('says what, why and where to read on in one line', () => {
    const lines = ['INFO a', '2026-01-02T03:04:05,678 ERROR k.Kafka Something broke', 'INFO z'];
    const error = brokerFailure('Kafka ended', lines, '/r/logs/broker.log');
    assert.equal(error.code, 'HR_PROCESS');
    assert.equal(
      error.line,
      'Kafka ended (ERROR k.Kafka Something broke). ' +
        'Run %provision local again. The log is /r/logs/broker.log.'
    );
    assert.deepEqual(error.traceback, lines);
  });

  it('cuts a line that would fill the page', () => {
    const { why = '' } = brokerFailure('Kafka ended', [`ERROR ${'x'.repeat(5_000)}`], '/l');
    assert.ok(why.length <= 240);
  });

  it('has the code of the cause', () => {
    assert.equal(brokerFailure('w', ['Address already in use'], '/l').code, 'HR_PORT');
    assert.equal(brokerFailure('w', ['No space left on device'], '/l').code, 'HR_DISK');
    assert.equal(brokerFailure('w', [], '/l').why, 'its log is empty');
  });
});

describe('lastLines', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'headrace-log-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('gives the end of a long file without reading all of it', async () => {
    const file = path.join(folder, 'long.log');
    await writeFile(file, Array.from({ length: 100_000 }, (_, line) => `line ${line}\n`).join(''));
    assert.deepEqual(await lastLines(file, 2), ['line 99998', 'line 99999']);
  });

  it('gives nothing for a file that is not there', async () => {
    assert.deepEqual(await lastLines(path.join(folder, 'none')), []);
  });
});
