import { HeadraceError } from '../src/shared/errors.ts';
import type { StatementKind } from '../src/runtime/livy/port.ts';
import { distribution } from './percentiles.ts';
import type { Distribution } from './percentiles.ts';
import type { Workbench } from './workbench.ts';

/** The same work each time, little of it, so that the way there and back is most of the time. */
export const STATEMENTS = {
  pyspark: '1 + 1',
  sql: 'SELECT word, n FROM bench_small ORDER BY n DESC',
  spark: '1 + 1'
} as const satisfies Partial<Record<StatementKind, string>>;

/** Makes the view that the statements of kind `sql` read. */
export const SMALL_VIEW =
  "CREATE OR REPLACE TEMPORARY VIEW bench_small AS SELECT concat('w', id) AS word, id AS n FROM range(20)";

const WARM_UP = 10;
const ROUNDS = 100;

/** Statement to its output, milliseconds, one at a time. */
export async function measureRoundTrips(
  kind: keyof typeof STATEMENTS,
  { session, clock, signal }: Workbench
): Promise<Distribution> {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const startedAt = performance.now();
    const output = await session.run(STATEMENTS[kind], kind, { signal });
    if (output.status === 'error') throw new HeadraceError('HR_STATEMENT', output.evalue);
    if (round >= WARM_UP) times.push(performance.now() - startedAt);
    await clock.sleep(0, signal);
  }
  return distribution(times);
}
