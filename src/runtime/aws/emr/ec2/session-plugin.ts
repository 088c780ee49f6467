import type { StartSessionResponse } from '@aws-sdk/client-ssm';
import { HeadraceError } from '../../../../shared/errors.ts';
import type { Program, StartProgram } from './program.ts';

/** What the plugin is told. */
export interface PluginSession {
  readonly region: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: StartSessionResponse;
  readonly endpoint: string;
}

/** https://github.com/aws/session-manager-plugin */
const PLUGIN = 'session-manager-plugin';
/** The variable that holds the answer of StartSession, and the argument that says so; older versions read no variable. */
const RESPONSE = 'AWS_SSM_START_SESSION_RESPONSE';
const OLDEST = [1, 2, 497];
const INSTALL =
  'https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html';

/**
 * Checks that the plugin of Session Manager can be started and is new enough to keep the token of a session out of the
 * list of processes, where everybody on this machine could read it. Rejects with HR_PROCESS.
 */
export async function requirePlugin(start: StartProgram): Promise<void> {
  const lines: string[] = [];
  const program = await start(PLUGIN, ['--version'], { onLine: line => lines.push(line) });
  if (program === null) throw missing();
  await program.ended;
  const version = /(\d+)\.(\d+)\.(\d+)/.exec(lines.join('\n'));
  const parts = version?.slice(1).map(Number) ?? [];
  if (isOlder(parts, OLDEST)) throw tooOld(version?.[0] ?? 'an unknown version');
}

/** Starts the plugin, which is the local end of a session. */
export async function startPlugin(
  start: StartProgram,
  { region, request, response, endpoint }: PluginSession,
  onLine: (line: string) => void
): Promise<Program> {
  const { SessionId, StreamUrl, TokenValue } = response;
  const env = { [RESPONSE]: JSON.stringify({ SessionId, StreamUrl, TokenValue }) };
  // The fourth is the name of a profile, which the plugin needs only to resume a session by itself.
  const args = [RESPONSE, region, 'StartSession', '', JSON.stringify(request), endpoint];
  const program = await start(PLUGIN, args, { env, onLine });
  if (program === null) throw missing();
  return program;
}

function isOlder(version: readonly number[], least: readonly number[]): boolean {
  for (const [index, part] of least.entries()) {
    const own = version[index] ?? 0;
    if (own !== part) return own < part;
  }
  return false;
}

function missing(): HeadraceError {
  return new HeadraceError('HR_PROCESS', `The program ${PLUGIN} is not installed`, {
    why: 'Livy of EMR on EC2 is reached through AWS Session Manager',
    next: `Install it: ${INSTALL}`
  });
}

function tooOld(version: string): HeadraceError {
  return new HeadraceError('HR_PROCESS', `The program ${PLUGIN} is too old`, {
    why: `it is ${version}, and ${OLDEST.join('.')} is needed`,
    next: `Install a newer one: ${INSTALL}`
  });
}
