import { HeadraceError } from '../src/shared/errors.ts';
import type { StatementKind } from '../src/runtime/livy/port.ts';
import { distribution } from './percentiles.ts';
import type { Distribution } from './percentiles.ts';
import type { Workbench } from './workbench.ts';

const WARM_UP = 5;
const ROUNDS = 100;

/** Milliseconds until a new session has answered its first statement. */
export async function measureSessionStart({ session, clock, signal }: Workbench): Promise<number> {
  const startedAt = clock.now();
  await session.ensure(() => undefined, signal);
  return clock.now() - startedAt;
}

/** Statement to its output, milliseconds, one at a time. */
export async function measureRoundTrips(
  kind: StatementKind,
  code: string,
  { session, clock, signal }: Workbench
): Promise<Distribution> {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const startedAt = performance.now();
    const output = await session.run(code, kind, { signal });
    if (output.status === 'error') throw new HeadraceError('HR_STATEMENT', output.evalue);
    if (round >= WARM_UP) times.push(performance.now() - startedAt);
    await clock.sleep(0, signal);
  }
  return distribution(times);
}
