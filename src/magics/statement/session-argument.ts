import { z } from 'zod';
import type { NotebookRuntime } from '../../runtime/notebook/port.ts';
import { MAIN_SESSION } from '../../runtime/session-port.ts';

/** A name that can be part of a Livy session's name. */
const SESSION_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,31}$/;
/** A person who types does not wait longer for a list of names, milliseconds. */
const LIST_LIMIT_MS = 1_000;

/** Short name of a session of this notebook. */
export const sessionName = z
  .string()
  .regex(SESSION_NAME, 'must start with a letter and have at most 32 letters, digits, "_" and "-"');

/** `--session` of the magics that run code. */
export const sessionArgument = sessionName
  .optional()
  .describe('Runs the code in this session of the notebook; see %session list.');

/** Short names of this notebook's sessions; none before it is attached, because completion starts nothing. */
export async function completeSessions(runtime: NotebookRuntime): Promise<readonly string[]> {
  if (runtime.endpoints === null) return [];
  const sessions = await runtime.sessions();
  const listed = await sessions.list(AbortSignal.timeout(LIST_LIMIT_MS));
  return [...new Set([MAIN_SESSION, ...listed.flatMap(({ shortName }) => shortName ?? [])])];
}
