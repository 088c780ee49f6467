import { HeadraceError } from '../src/shared/errors.ts';
import type { NotebookSession } from '../src/runtime/session-port.ts';
import { distribution } from './percentiles.ts';
import type { Distribution } from './percentiles.ts';
import { holdings, treeMemory } from './processes.ts';
import type { Holdings, TreeMemory } from './processes.ts';
import type { Workbench } from './workbench.ts';

/** What sessions cost that are created, asked once and deleted, one after another. */
export interface SessionCosts {
  /** From the request to the first answer, milliseconds. */
  readonly start: Distribution;
  /** Python driver and its JVM, bytes, once the first answer is there. */
  readonly idle: TreeMemory;
  /** The gateway's process after the first session and after the last. */
  readonly gateway: { readonly first: Holdings; readonly last: Holdings };
}

const SESSIONS = 10;

export async function measureSessions(bench: Workbench): Promise<SessionCosts> {
  const { clock, sessions, signal, stackPid } = bench;
  const times: number[] = [];
  const idle: TreeMemory[] = [];
  const gateway: Holdings[] = [];
  for (let round = 0; round < SESSIONS; round += 1) {
    const name = `bench${round}`;
    const startedAt = clock.now();
    const session = await sessions.create(name, () => undefined, signal);
    const driver = await driverOf(session, signal);
    times.push(clock.now() - startedAt);
    idle.push(await treeMemory(driver, signal));
    await sessions.delete(name, signal);
    gateway.push(await holdings(stackPid, signal));
  }
  const [firstIdle, first, last] = [idle[0], gateway[0], gateway.at(-1)];
  if (firstIdle === undefined || first === undefined || last === undefined)
    throw new HeadraceError('HR_INTERNAL', 'No session was measured');
  return { start: distribution(times), idle: firstIdle, gateway: { first, last } };
}

/** The driver's process, which is also the first answer of the session. */
async function driverOf(session: NotebookSession, signal: AbortSignal): Promise<number> {
  const output = await session.run('import os; os.getpid()', 'pyspark', { signal });
  const pid = Number(output.data?.['text/plain']);
  if (Number.isInteger(pid)) return pid;
  throw new HeadraceError('HR_STATEMENT', 'The driver does not tell its process', {
    why: JSON.stringify(output)
  });
}
