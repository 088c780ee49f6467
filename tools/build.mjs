// Builds everything into build/: the Node programs, the kernelspec and the JupyterLab extension.
// Usage: node tools/build.mjs [node] [lab]   (both when nothing is named)
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const run = promisify(execFile);
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const share = path.join(root, 'build/share/jupyter');
const wanted = process.argv.slice(2);
const all = wanted.length === 0;

/** Native add-ons and packages that read files beside themselves stay in node_modules. */
const EXTERNAL = ['zeromq', '@resvg/resvg-js', 'dejavu-fonts-ttf', '@platformatic/wasm-utils'];
const ENTRIES = {
  kernel: 'src/kernel/main.ts',
  stack: 'src/local/main.ts',
  setup: 'src/setup/main.ts'
};

/** Which chunk imports what, as esbuild tells it; of the build that is there. */
const METAFILE = path.join(root, 'build/node/metafile.json');

/**
 * What is imported at first use is a chunk of its own, so that a program reads no more than it runs. Chunks lie as deep
 * below the root as the programs do: code finds the project from where it is.
 */
async function buildNode() {
  const entryPoints = Object.fromEntries(
    Object.entries(ENTRIES).filter(([, file]) => existsSync(path.join(root, file)))
  );
  const before = await outputsOfMetafile();
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: 'build',
    entryNames: 'node/[name]',
    chunkNames: 'chunks/[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    metafile: true,
    platform: 'node',
    // A chunk made of CommonJS has a default export only: what is imported at first use has to be found as a module.
    mainFields: ['module', 'main'],
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    external: EXTERNAL,
    logLevel: 'warning',
    banner: {
      js: "import { createRequire as __hrRequire } from 'node:module'; const require = __hrRequire(import.meta.url);"
    }
  });
  await writeFile(METAFILE, JSON.stringify(metafile));
  await removeChunksBut([...before, ...Object.keys(metafile.outputs)]);
  await writeKernelspec();
}

async function outputsOfMetafile() {
  return existsSync(METAFILE)
    ? Object.keys(JSON.parse(await readFile(METAFILE, 'utf8')).outputs)
    : [];
}

/** Those of the build before stay: a kernel that runs may not have loaded all of them yet. */
async function removeChunksBut(kept) {
  const folder = path.join(root, 'build/chunks');
  for (const name of await readdir(folder))
    if (!kept.includes(`build/chunks/${name}`)) await rm(path.join(folder, name));
}

async function writeKernelspec() {
  const folder = path.join(share, 'kernels/headrace');
  await mkdir(folder, { recursive: true });
  await cp(path.join(root, 'kernelspec'), folder, { recursive: true });
  const spec = {
    argv: [process.execPath, path.join(root, 'build/node/kernel.mjs'), '{connection_file}'],
    display_name: 'Headrace (PySpark)',
    language: 'python',
    interrupt_mode: 'message',
    metadata: { debugger: false }
  };
  await writeFile(path.join(folder, 'kernel.json'), `${JSON.stringify(spec, null, 2)}\n`);
}

async function buildLab() {
  const node = args => run(process.execPath, args, { cwd: root });
  await rm(path.join(root, 'build/browser'), { recursive: true, force: true });
  await node(['node_modules/typescript/bin/tsc', '-p', 'tsconfig.browser.json']);
  await node([
    'node_modules/@jupyter/builder/lib/build-labextension.js',
    '--core-package-file',
    'node_modules/@jupyterlab/core-meta/core.package.json',
    '.'
  ]);
  const target = path.join(share, 'labextensions/headrace');
  await mkdir(path.dirname(target), { recursive: true });
  await rm(target, { recursive: true, force: true });
  await symlink(path.join(root, 'build/labextension'), target, 'junction');
}

try {
  if (all || wanted.includes('node')) await buildNode();
  if (all || wanted.includes('lab')) await buildLab();
} catch (error) {
  process.stderr.write(`${error.stdout ?? ''}${error.stderr ?? ''}${error.message}\n`);
  process.exitCode = 1;
}
