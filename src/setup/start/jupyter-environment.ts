import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Project } from '../project.ts';
import type { PythonEnvironment } from '../python/private-environment.ts';
import { isolatedPython } from '../python/pip.ts';

/** Keeps JupyterLab from asking its makers for news and updates. */
const PAGE_CONFIG = {
  disabledExtensions: { '@jupyterlab/apputils-extension:announcements': true }
};

/**
 * Variables for every Jupyter program: it finds the kernel and the extension in build/, the
 * private environment's programs first on the path, and writes nothing into the home folder.
 * https://docs.jupyter.org/en/latest/use/jupyter-directories.html
 */
export async function jupyterEnvironment(
  project: Project,
  environment: PythonEnvironment,
  env: NodeJS.ProcessEnv,
  state: string = project.state
): Promise<NodeJS.ProcessEnv> {
  const at = (name: string) => path.join(state, name);
  const config = at('jupyter/config');
  await mkdir(path.join(config, 'labconfig'), { recursive: true });
  await writeFile(
    path.join(config, 'labconfig/page_config.json'),
    `${JSON.stringify(PAGE_CONFIG, null, 2)}\n`
  );
  const isolated = isolatedPython(env);
  return {
    ...isolated,
    PATH: [path.dirname(environment.python), isolated.PATH ?? ''].join(path.delimiter),
    VIRTUAL_ENV: environment.folder,
    JUPYTER_PATH: project.jupyterData,
    JUPYTER_CONFIG_DIR: config,
    JUPYTER_DATA_DIR: at('jupyter/data'),
    JUPYTER_RUNTIME_DIR: at('jupyter/runtime'),
    JUPYTERLAB_WORKSPACES_DIR: at('jupyter/workspaces'),
    IPYTHONDIR: at('ipython'),
    MPLCONFIGDIR: at('matplotlib')
  };
}
