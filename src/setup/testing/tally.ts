/** Counts of one group of tests. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

export const NO_TESTS: Tally = { passed: 0, failed: 0 };

export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, tally) => ({ passed: sum.passed + tally.passed, failed: sum.failed + tally.failed }),
    NO_TESTS
  );
}

/**
 * Counts in the report of `node --test`. A cancelled or skipped test counts as failed: a test that
 * did not run has proved nothing. https://nodejs.org/docs/latest-v20.x/api/test.html#test-reporters
 */
export function nodeTally(lines: readonly string[]): Tally {
  const count = (word: string) =>
    Number(
      lines
        .map(line => new RegExp(`^(?:ℹ|#) ${word} (\\d+)$`).exec(line)?.[1])
        .findLast(text => text !== undefined) ?? 0
    );
  return {
    passed: count('pass'),
    failed: count('fail') + count('cancelled') + count('skipped') + count('todo')
  };
}

/** Counts in the last line of pytest: `3 passed, 1 failed, 2 errors in 1.20s`. */
export function pytestTally(lines: readonly string[]): Tally {
  const last = lines.findLast(line => /\d+ (passed|failed|error)/.test(line)) ?? '';
  const count = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(last)?.[1] ?? 0);
  return { passed: count('passed'), failed: count('failed') + count('error') };
}

/**
 * The counts of a program that also ended with a status: a bad end without a failed test is one
 * failure, and so is a good end without any test.
 */
export function settleTally(tally: Tally, status: number | null): Tally {
  const silentFailure = tally.failed === 0 && (status !== 0 || tally.passed === 0);
  return silentFailure ? { ...tally, failed: 1 } : tally;
}
