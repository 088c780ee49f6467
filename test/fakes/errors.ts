import assert from 'node:assert/strict';
import { HeadraceError, type ErrorCode } from '../../src/shared/errors.ts';

/** A check for `assert.rejects` and `assert.throws`: this code, and one line that matches. */
export function failsWith(code: ErrorCode, line: RegExp): (error: unknown) => boolean {
  return error => {
    assert.ok(error instanceof HeadraceError, String(error));
    assert.match(error.line, line);
    assert.equal(error.code, code);
    assert.ok(!error.line.includes('\n'), error.line);
    return true;
  };
}
