import { HeadraceError } from '../../shared/errors.ts';
import type { OnProgress } from '../../runtime/stack-port.ts';
import { runProgram } from '../../local/child.ts';

/** Signs of a network or mirror that does not answer, in the words of pip and urllib3. */
const NETWORK =
  /new connection|Name or service not known|name resolution|getaddrinfo|timed out|ConnectTimeout|ProxyError|SSLError|Max retries|Connection (aborted|refused|reset)|Network is unreachable|HTTP error \d+|\b(403|407|5\d\d) (Client|Server) Error/i;
const DISK = /No space left on device|Errno 28|not enough space/i;
const PERMISSION = /Permission denied|Errno 13|Read-only file system/i;

/**
 * Installs requirement files into the environment of `python`. Mirrors, proxies and certificates are
 * those of the user's own pip settings. Rejects with HR_DOWNLOAD, HR_DISK, HR_FILE or HR_PROCESS.
 */
export async function pipInstall(
  python: string,
  requirementFiles: readonly string[],
  onProgress: OnProgress,
  signal: AbortSignal
): Promise<void> {
  const args = requirementFiles.flatMap(file => ['-r', file]);
  let packages = 0;
  const result = await runProgram(
    python,
    ['-m', 'pip', 'install', '--no-input', '--no-user', '--disable-pip-version-check', ...args],
    {
      signal,
      env: isolatedPython(process.env),
      onLine(line) {
        if (line.startsWith('Collecting ')) packages += 1;
        const label = pipLabel(line, packages);
        if (label !== null) onProgress({ label, fraction: null });
      }
    }
  );
  if (result.code !== 0) throw pipError(result.lines.join('\n'));
}

/** The environment without settings that would let packages from outside into the private one. */
export function isolatedPython(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, PYTHONHOME: undefined, PYTHONPATH: undefined, PYTHONNOUSERSITE: '1' };
}

/** What a line of pip means for a person, or null. */
export function pipLabel(line: string, packages: number): string | null {
  const download = /^\s+(?:Downloading|Using cached) (\S+?)-\d\S*(?: \((.+)\))?/.exec(line);
  if (download !== null) {
    const size = download[2] === undefined ? '' : ` (${download[2]})`;
    return `package ${packages}: ${download[1] ?? ''}${size}`;
  }
  const install = /^Installing collected packages: (.+)/.exec(line);
  return install === null ? null : `installing ${(install[1] ?? '').split(',').length} packages`;
}

/** Total: every end of pip becomes one sentence. */
export function pipError(log: string): HeadraceError {
  const reason = /^ERROR: (.+)$/m.exec(log)?.[1] ?? 'pip gave no reason';
  if (DISK.test(log))
    return new HeadraceError('HR_DISK', 'The Python packages could not be installed', {
      why: 'the disk is full',
      next: 'Free 2 GB or set HEADRACE_HOME to a roomier disk, then repeat the command.'
    });
  if (NETWORK.test(log))
    return new HeadraceError('HR_DOWNLOAD', 'The Python packages could not be downloaded', {
      why: 'the package index does not answer',
      next: 'Check the network, or the index-url and proxy of `pip config list`, then repeat the command.'
    });
  if (PERMISSION.test(log))
    return new HeadraceError('HR_FILE', 'The Python packages could not be written', {
      why: reason,
      next: 'Set HEADRACE_HOME to a folder of your own, then repeat the command.'
    });
  return new HeadraceError('HR_PROCESS', 'The Python packages could not be installed', {
    why: reason,
    next: 'Check `pip config list`, then repeat the command.'
  });
}
