import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deathReason, phaseOf } from '../../../src/runtime/session/session-log.ts';

describe('the log of a session', () => {
  it('tells the newest phase', () => {
    const log = ['stdout: ', 'headrace: starting Java', 'x', 'headrace: starting Spark', 'WARN y'];
    assert.equal(phaseOf(log), 'starting Spark');
    assert.equal(phaseOf(['x']), null);
  });

  for (const [what, log, reason] of [
    [
      'the driver’s own sentence',
      ['Error: x', 'The driver has ended: out of memory.', 'y'],
      'out of memory'
    ],
    [
      'the last line that names a failure',
      ['java.io.IOException: disk full', '\tat a.b', 'bye'],
      'java.io.IOException: disk full'
    ],
    [
      'what came before a bare status',
      ['ModuleNotFoundError: No module named x', 'The driver has ended: exit status 1.'],
      'ModuleNotFoundError: No module named x'
    ],
    ['a bare status', ['bye', 'The driver has ended: exit status 1.'], 'exit status 1'],
    ['the last line at all', ['stdout: ', 'something', '\nstderr: '], 'something'],
    ['nothing', ['stdout: ', '\nstderr: '], null]
  ] as const)
    it(`tells the reason of a death: ${what}`, () => assert.equal(deathReason(log), reason));
});
