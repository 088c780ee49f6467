import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorContent } from '../../src/kernel/error-content.ts';
import { HeadraceError } from '../../src/shared/errors.ts';

describe('the content of an error', () => {
  it('says the last line of a traceback once, without the line ends of its source', () => {
    const error = new HeadraceError('HR_STATEMENT', 'division by zero', {
      ename: 'ZeroDivisionError',
      traceback: ['  File "<cell>", line 1\n    1/0\n', 'ZeroDivisionError: division by zero\n']
    });
    assert.deepEqual(errorContent(error), {
      ename: 'ZeroDivisionError',
      evalue: 'division by zero',
      traceback: ['  File "<cell>", line 1\n    1/0', 'ZeroDivisionError: division by zero']
    });
  });

  it('is one line for a fault of this program, and never its stack', () => {
    const { ename, evalue, traceback } = errorContent(new TypeError('x is undefined'));
    assert.equal(ename, 'HR_INTERNAL');
    assert.match(evalue, /^x is undefined\. .*report/);
    assert.deepEqual(traceback, [`HR_INTERNAL: ${evalue}`]);
  });

  it('takes any thrown value', () => {
    for (const thrown of [undefined, null, 'text', 7, { code: 'HR_USAGE' }])
      assert.equal(errorContent(thrown).ename, 'HR_INTERNAL');
  });
});
