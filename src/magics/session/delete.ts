import { z } from 'zod';
import { endSession } from '../../runtime/inventory/ends.ts';
import { MAIN_SESSION, type SessionSummary } from '../../runtime/session-port.ts';
import { HeadraceError } from '../../shared/errors.ts';
import { defineMagic, type CellContext } from '../contract.ts';
import { completeSessions } from '../statement/session-argument.ts';
import { RESTART_LOSS } from '../statement/restart-session.ts';
import { runningStreams } from '../statement/running-session.ts';
import { findSummary, labelOf } from './find-summary.ts';

export const sessionDelete = defineMagic({
  name: 'session',
  action: 'delete',
  kinds: ['line'],
  summary: 'Ends a session with its variables and temporary views.',
  positional: ['name'],
  args: z.object({
    name: z.string().min(1).describe('Name or id of the session.'),
    force: z
      .boolean()
      .default(false)
      .describe('Ends it although streams run in it, or although it belongs to another notebook.')
  }),
  examples: ['%session delete etl', '%session delete etl --force'],
  complete: (argument, runtime) =>
    argument === 'name' ? completeSessions(runtime) : Promise.resolve([]),
  async run({ name, force }, _body, context) {
    const { runtime, display, signal } = context;
    const found = await findSummary(name, context);
    const streams =
      found.shortName === null
        ? []
        : (await runningStreams(context, found.shortName)).map(stream => stream.name);
    if (!force) requireHarmless(found, streams);
    const sessions = await runtime.sessions();
    if (found.shortName === null) await sessions.delete(String(found.session.id), signal);
    else await endSession({ sessions, streams: await runtime.streams() }, found.shortName, signal);
    display.stdout(`${summary(found, streams)}\n`);
    await sayWhereCellsRun(found, context);
  }
});

/** @throws HR_USAGE where more is lost than the session itself */
function requireHarmless(found: SessionSummary, streams: readonly string[]): void {
  const label = labelOf(found);
  const next = `Write %session delete ${label} --force to end it all the same.`;
  if (found.shortName === null)
    throw new HeadraceError('HR_USAGE', `The session ${label} is not of this notebook`, {
      why: 'another notebook or program may use it',
      next
    });
  if (streams.length > 0)
    throw new HeadraceError('HR_USAGE', `Streams run in the session ${label}`, {
      why: streams.join(', '),
      next: `${next} Their checkpoints stay.`
    });
}

function summary(found: SessionSummary, streams: readonly string[]): string {
  const { shortName } = found;
  const lost = `Deleted the session ${labelOf(found)}; lost: ${RESTART_LOSS}.`;
  const again =
    shortName === null || shortName === MAIN_SESSION
      ? ''
      : `\n%session new ${shortName} starts an empty one.`;
  const stopped =
    streams.length === 0
      ? ''
      : `\nStopped ${streams.join(', ')}: the same %stream cell goes on from the checkpoint.`;
  return `${lost}${again}${stopped}`;
}

async function sayWhereCellsRun(
  { isCurrent }: SessionSummary,
  { runtime, display }: CellContext
): Promise<void> {
  if (!isCurrent) return;
  const { name } = await runtime.session();
  display.stdout(`Cells run in ${name} again; the next one with code starts it if needed.\n`);
}
