import type { Environment } from '../local/environment.ts';
import type { HeadracePaths } from '../local/paths.ts';
import { classArchive } from './class-archive.ts';
import { stackJars } from './jars.ts';
import { javaRuntime } from './java.ts';
import { jobsJar } from './jobs-jar.ts';
import type { Project } from './project.ts';
import { findPython } from './python/find-python.ts';
import { locatePackage, privateEnvironment } from './python/private-environment.ts';
import type { PythonEnvironment } from './python/private-environment.ts';
import { recordEnvironment } from './record.ts';
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
  /** As written for the local stack. */
  readonly record: Environment;
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
  const spark = await locatePackage(environment, 'pyspark', signal);
  const jars = await ensureStep(
    stackJars({ java: java.java, sparkHome: spark.folder, paths, env }),
    reporter,
    signal
  );
  const record = await recordEnvironment({
    file: paths.environmentFile,
    environment,
    spark,
    java,
    jars
  });
  await ensureStep(classArchive({ paths, record, sparkJobs: project.sparkJobs }), reporter, signal);
  await ensureStep(
    jobsJar({ sources: project.scalaJobs, jar: project.jobsJar, ...record }),
    reporter,
    signal
  );
  return { environment, record };
}
