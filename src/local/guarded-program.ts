import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { HeadraceError } from '../shared/errors.ts';

/**
 * Runs a program and ends it when standard input ends, which the kernel of the system does for a
 * parent that was killed: TERM first, KILL after ten seconds. The guard ends with the program.
 */
const GUARD = `
exec 3<&0
"$@" </dev/null &
program=$!
trap 'kill -TERM $program' TERM INT HUP
(
  trap - TERM INT HUP
  cat <&3 >/dev/null
  kill -TERM $program
  for second in 1 2 3 4 5 6 7 8 9 10; do
    sleep 1
    kill -0 $program || exit 0
  done
  kill -KILL $program
) 2>/dev/null &
watch=$!
wait $program
status=$?
kill $watch 2>/dev/null
exit $status
`;

export interface GuardedProgram {
  /** The guard; the program is its child. */
  readonly pid: number;
  /** Resolves with the exit status when the program has ended, null when the guard was killed. */
  readonly ended: Promise<number | null>;
  /** Asks the program to end, by force after ten seconds; resolves when it has ended. */
  stop(): Promise<void>;
}

/**
 * Starts a program that cannot outlive this process, even when this process is killed. Its output
 * goes to a file that is begun anew. Rejects with HR_PROCESS when the shell cannot be started.
 */
export async function startGuarded(
  file: string,
  args: readonly string[],
  output: string
): Promise<GuardedProgram> {
  const log = openSync(output, 'w', 0o600);
  const guard = spawn('/bin/sh', ['-c', GUARD, 'headrace-guard', file, ...args], {
    stdio: ['pipe', log, log]
  });
  closeSync(log);
  const ended = new Promise<number | null>(resolve => guard.once('exit', resolve));
  const pid = await new Promise<number>((resolve, reject) => {
    guard.once('error', cause => reject(notStarted(file, cause)));
    guard.once('spawn', () => resolve(guard.pid ?? 0));
  });
  const letGo = (): void => void guard.stdin?.destroy();
  void ended.then(letGo);
  return {
    pid,
    ended,
    async stop() {
      letGo();
      await ended;
    }
  };
}

function notStarted(file: string, cause: Error): HeadraceError {
  return new HeadraceError('HR_PROCESS', `Cannot start ${file}`, { why: cause.message, cause });
}
