import { existsSync } from 'node:fs';
import path from 'node:path';
import { HeadraceError } from '../shared/errors.ts';
import { runProgram } from '../local/child.ts';
import type { SetupStep } from './step.ts';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** A page without any font has no text to look for. */
const PACKAGES = ['chromium', 'fonts-dejavu-core'];
const FIXED_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium'
];

/**
 * Step: a Chromium for the tests in real pages: `HEADRACE_CHROMIUM`, one on the path, or one that the
 * system's packages bring, which needs root. Gives its program.
 */
export function chromium(env: Readonly<Record<string, string | undefined>>): SetupStep<string> {
  return {
    name: 'Chromium',
    check: signal => findChromium(env, signal),
    async run(onProgress, signal) {
      if (env.HEADRACE_CHROMIUM !== undefined)
        throw noChromium(`HEADRACE_CHROMIUM is ${env.HEADRACE_CHROMIUM}, which does not run`);
      if (process.getuid?.() !== 0 || onPath('apt-get', env) === null)
        throw noChromium('none is on the path, and this user cannot install one');
      for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...PACKAGES]]) {
        const end = await runProgram('apt-get', args, {
          env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
          signal,
          onLine: line => onProgress({ label: line.trim(), fraction: null })
        });
        if (end.code !== 0)
          throw noChromium(`apt-get ${args[0] ?? ''} failed: ${end.lines.at(-1) ?? 'no reason'}`);
      }
      const found = await findChromium(env, signal);
      if (found === null) throw noChromium('the installed one does not run');
      return found;
    }
  };
}

async function findChromium(
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal
): Promise<string | null> {
  const named = env.HEADRACE_CHROMIUM;
  const candidates =
    named !== undefined
      ? [named]
      : [
          ...PROGRAMS.map(program => onPath(program, env)),
          ...FIXED_PLACES.map(place => (existsSync(place) ? place : null))
        ].filter(place => place !== null);
  for (const candidate of candidates) {
    const end = await runProgram(candidate, ['--version'], { signal }).catch(() => null);
    signal.throwIfAborted();
    if (end?.code === 0) return candidate;
  }
  return null;
}

function onPath(program: string, env: Readonly<Record<string, string | undefined>>): string | null {
  const folders = (env.PATH ?? '').split(path.delimiter).filter(folder => folder !== '');
  return folders.map(folder => path.join(folder, program)).find(file => existsSync(file)) ?? null;
}

function noChromium(why: string): HeadraceError {
  return new HeadraceError('HR_PROCESS', 'The tests in a browser need Chromium', {
    why,
    next: 'Install chromium or Google Chrome from your package manager, or set HEADRACE_CHROMIUM to one; then repeat the command.'
  });
}
