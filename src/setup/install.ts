import { findPython } from './python/find-python.ts';
import { privateEnvironment } from './python/private-environment.ts';
import type { PythonEnvironment } from './python/private-environment.ts';
import { javaRuntime } from './java.ts';
import type { Java } from './java.ts';
import type { HeadracePaths } from '../local/paths.ts';
import type { Project } from './project.ts';
import { ensureStep } from './step.ts';
import type { StepReporter } from './step.ts';

export interface InstallOptions {
  readonly project: Project;
  readonly paths: HeadracePaths;
  readonly env: NodeJS.ProcessEnv;
  readonly reporter: StepReporter;
  readonly signal: AbortSignal;
}

/** What is ready after set-up. */
export interface Installation {
  readonly environment: PythonEnvironment;
  readonly java: Java;
}

/** Brings everything that Headrace needs onto this machine; what is there already is left alone. */
export async function install(options: InstallOptions): Promise<Installation> {
  const { project, paths, env, reporter, signal } = options;
  const environment = await ensureStep(
    privateEnvironment({
      paths,
      requirements: project.requirements,
      findPython: within => findPython(env, within)
    }),
    reporter,
    signal
  );
  const java = await ensureStep(
    javaRuntime({ environment, requirements: project.javaRequirements, env }),
    reporter,
    signal
  );
  return { environment, java };
}
