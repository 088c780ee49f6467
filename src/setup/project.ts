import path from 'node:path';
import { projectRoot } from '../local/paths.ts';

/** Files and folders inside the project that set-up reads or writes; absolute paths. */
export interface Project {
  readonly root: string;
  readonly requirements: string;
  readonly javaRequirements: string;
  readonly testRequirements: string;
  /** Python parts: the driver and the streams module. */
  readonly sparkJobs: string;
  /** Sample jobs in Python; each file is one. */
  readonly pythonJobs: string;
  /** Sources of the sample jobs in Scala. */
  readonly scalaJobs: string;
  /** The sample jobs in Scala, compiled. */
  readonly jobsJar: string;
  readonly examples: string;
  /** Working copies of the examples, which the user may change; not in git. */
  readonly notebooks: string;
  /** Everything that Jupyter and its parts would otherwise write into the home folder. */
  readonly state: string;
  /** Kernelspec and JupyterLab extension, as `JUPYTER_PATH` wants them. */
  readonly jupyterData: string;
  /** Where `npm start -- --headless` writes its pages. */
  readonly pages: string;
  /** Python program that executes one notebook. */
  readonly notebookRunner: string;
}

export function projectFiles(root: string = projectRoot()): Project {
  const at = (name: string) => path.join(root, name);
  return {
    root,
    requirements: at('requirements.txt'),
    javaRequirements: at('requirements-java.txt'),
    testRequirements: at('requirements-test.txt'),
    sparkJobs: at('spark-jobs'),
    pythonJobs: at('spark-jobs/jobs/python'),
    scalaJobs: at('spark-jobs/jobs/scala'),
    jobsJar: at('build/jobs/headrace-jobs.jar'),
    examples: at('examples'),
    notebooks: at('notebooks'),
    state: at('.headrace'),
    jupyterData: at('build/share/jupyter'),
    pages: at('build/headless'),
    notebookRunner: at('tools/run_notebook.py')
  };
}
