import type { NotebookRuntime } from '../../runtime/notebook/port.ts';
import type { NotebookSession } from '../../runtime/session-port.ts';
import type { Completion } from '../contract.ts';
import type { StatementAt } from './statement-at.ts';

/** The part of a name that stands before the cursor. */
const NAME = /[\p{L}\p{N}_$]*$/u;

/** Names that the session of a statement knows; none where it does not run or does not answer in time. */
export async function completeStatement(
  at: StatementAt,
  runtime: NotebookRuntime,
  signal: AbortSignal
): Promise<Completion> {
  const typed = NAME.exec(at.code.slice(0, at.cursor))?.[0] ?? '';
  const offered = wordsFor(at, runtime, signal).catch(() => []);
  const words = await Promise.race([offered, whenAborted(signal)]);
  return {
    matches: [...new Set(words.filter(word => word.startsWith(typed)))],
    start: at.place - typed.length,
    end: at.place
  };
}

/** SQL is not asked for: Livy completes none. */
async function wordsFor(
  at: StatementAt,
  runtime: NotebookRuntime,
  signal: AbortSignal
): Promise<readonly string[]> {
  if (at.kind === 'sql' || runtime.endpoints === null) return [];
  const session = await sessionFor(at, runtime);
  return session.current === null ? [] : session.complete(at.code, at.kind, at.cursor, signal);
}

async function sessionFor(at: StatementAt, runtime: NotebookRuntime): Promise<NotebookSession> {
  return at.session === undefined
    ? runtime.session()
    : (await runtime.sessions()).named(at.session);
}

function whenAborted(signal: AbortSignal): Promise<readonly string[]> {
  return new Promise(resolve => {
    if (signal.aborted) resolve([]);
    signal.addEventListener('abort', () => resolve([]), { once: true });
  });
}
