import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headracePaths } from '../../../src/local/paths.ts';
import { belongsToStack } from '../../../src/local/supervisor/leftovers.ts';

const paths = headracePaths({ HEADRACE_HOME: '/h', HEADRACE_RUN: '/r' });
const belongs = (argv: string[], cwd: string | null = '/'): boolean =>
  belongsToStack({ pid: 1, argv, cwd }, paths);

describe('belongsToStack', () => {
  it('knows the broker by its settings', () => {
    assert.ok(belongs(['/usr/bin/java', '-cp', '/j/*', 'kafka.Kafka', '/r/server.properties']));
  });

  it('knows the Java of a session by a file in its folder', () => {
    assert.ok(belongs(['java', '-Dspark.local.dir=/r/data/sessions/3/local', 'SparkSubmit']));
  });

  it('knows a driver by the folder it works in', () => {
    assert.ok(belongs(['/h/venv/bin/python3.11', '-m', 'driver'], '/r/data/sessions/0'));
  });

  it('leaves a program alone that only has such a file open', () => {
    assert.equal(belongs(['tail', '-f', '/r/logs/broker.log']), false);
    assert.equal(belongs(['bash', '-c', 'java -jar /r/data/x.jar']), false);
    assert.equal(belongs(['vim', 'notes'], '/r/data/sessions/0'), false);
  });

  it('leaves the stack of another run folder alone', () => {
    assert.equal(belongs(['java', 'kafka.Kafka', '/r2/server.properties']), false);
    assert.equal(belongs(['java', 'kafka.Kafka', '/other/run/server.properties']), false);
    assert.equal(belongs(['python', '-m', 'driver'], '/r/data/sessions-old/0'), false);
  });

  it('needs a command line', () => {
    assert.equal(belongs([], '/r/data/sessions/0'), false);
  });
});
