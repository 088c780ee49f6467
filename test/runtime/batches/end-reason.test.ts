import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { endReason } from '../../../src/runtime/batches/end-reason.ts';
import { logLine, messageOf } from '../../../src/runtime/batches/log-line.ts';
import { livyLog } from '../../fakes/memory-batches.ts';

const hook = '26/11/23 03:20:08 INFO ShutdownHookManager: Shutdown hook called';

describe('why a batch failed', () => {
  const cases: readonly [what: string, log: readonly string[], reason: string | null][] = [
    [
      'the last line of a Python traceback',
      [
        'Traceback (most recent call last):',
        '  File "/jobs/job.py", line 3, in <module>',
        '    1 / 0',
        'ZeroDivisionError: division by zero',
        hook
      ],
      'ZeroDivisionError: division by zero'
    ],
    [
      'an error of a main class that nobody caught',
      [
        'starting',
        'Exception in thread "main" java.lang.IllegalStateException: no topic words',
        '\tat headrace.jobs.WordCount.main(WordCount.scala:7)',
        hook
      ],
      'java.lang.IllegalStateException: no topic words'
    ],
    [
      'what the job said, not how spark-submit reports it',
      [
        'ValueError: bad date',
        'Exception in thread "main" org.apache.spark.SparkUserAppException: User application exited with 1',
        '\tat org.apache.spark.deploy.PythonRunner$.main(PythonRunner.scala:111)'
      ],
      'ValueError: bad date'
    ],
    [
      'what spark-submit itself refuses',
      ['Error: Failed to load class no.Such.', hook],
      'Error: Failed to load class no.Such'
    ],
    [
      'the last error of Spark, without its date',
      ['26/11/23 03:20:08 ERROR SparkContext: Error initializing SparkContext.', hook],
      'Error initializing SparkContext'
    ],
    [
      'the last words of a job',
      ['word_count.py: 3 arguments are needed. Usage: …', hook],
      'word_count.py: 3 arguments are needed. Usage: …'
    ],
    [
      'what the gateway says, where nobody else says anything',
      [hook, 'headrace: the batch has ended: killed by signal 9'],
      'killed by signal 9'
    ],
    ['nothing, where the log says nothing', [hook], null]
  ];
  for (const [what, log, reason] of cases)
    it(`is ${what}`, () => assert.equal(endReason(livyLog(log)), reason));
});

describe('a line of a log', () => {
  it('is known by the layout of Spark’s logger', () => {
    const kinds = [
      hook,
      '26/11/23 03:20:08 WARN Loader: Unable to load',
      '26/11/23 03:20:08 WARN NativeCodeLoader: Unable to load',
      'Setting Spark log level to "WARN".',
      '2026-11-23T03:20:08.123 ERROR X: boom',
      '\tat java.lang.Thread.run(Thread.java:1)',
      'INFO is a word that a job may print'
    ].map(text => logLine(text).kind);
    assert.deepEqual(kinds, ['info', 'warning', 'info', 'info', 'error', 'trace', 'print']);
    assert.equal(messageOf(logLine('26/11/23 03:20:08 WARN a.B$C: careful: now')), 'careful: now');
    assert.equal(messageOf(logLine('plain: text')), 'plain: text');
  });
});
