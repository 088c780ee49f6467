import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headracePaths } from '../../../src/local/paths.ts';
import { belongsToStack, isBroker, worksIn } from '../../../src/local/supervisor/leftovers.ts';

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

describe('isBroker', () => {
  const broker = (argv: string[]): boolean => isBroker({ pid: 1, argv, cwd: '/' }, paths);

  it('tells the broker from the Java of a session and from another tool of Kafka', () => {
    assert.ok(broker(['java', '-cp', '/j/*', 'kafka.Kafka', '/r/server.properties']));
    assert.equal(broker(['java', '-Dspark.local.dir=/r/data/sessions/3/local']), false);
    assert.equal(broker(['tail', '/r/server.properties']), false);
  });
});

describe('worksIn', () => {
  const works = (argv: string[], cwd: string | null): boolean =>
    worksIn({ pid: 1, argv, cwd }, '/r/data/sessions/session-1');

  it('knows a process by its folder, or by a file of the folder that it names', () => {
    assert.ok(works(['python', '-m', 'driver', '/r/data/sessions/session-1'], null));
    assert.ok(works(['java', '-Dlocal=/r/data/sessions/session-1/local'], '/'));
    assert.ok(works(['java'], '/r/data/sessions/session-1/work'));
  });

  it('leaves a folder alone whose name only begins like it, and one that was removed', () => {
    assert.equal(works(['java', '/r/data/sessions/session-12/x'], '/'), false);
    assert.equal(works(['python'], '/r/data/sessions/session-1 (deleted)'), false);
  });
});
