import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

/** The measured page: file name to text. */
export type PageFiles = Readonly<Record<string, string>>;

/** Where JupyterLab's variables are missing, the page has those that change sizes. */
const BASE_STYLE = `
  :root {
    --jp-ui-font-family: sans-serif; --jp-ui-font-size1: 13px; --jp-border-color2: #bdbdbd;
    --jp-layout-color1: #fff; --jp-ui-font-color1: #212121; --jp-ui-font-color2: #616161;
  }
  main { display: grid; gap: 8px; align-items: start; }
`;

/** Bundles the page as the browser loads it; nothing is written to disk. */
export async function bundlePage(root: string): Promise<PageFiles> {
  const bundle = await build({
    absWorkingDir: root,
    entryPoints: ['bench/page/main.ts', 'bench/page/feed-worker.ts'],
    outdir: 'page',
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error'
  });
  const scripts = bundle.outputFiles.map(({ path: file, text }) => [path.basename(file), text]);
  const style = await Promise.all(
    ['style/view.css', 'node_modules/uplot/dist/uPlot.min.css'].map(file =>
      readFile(path.join(root, file), 'utf8')
    )
  );
  return {
    ...(Object.fromEntries(scripts) as PageFiles),
    'style.css': [BASE_STYLE, ...style].join('\n'),
    'index.html':
      '<!doctype html><meta charset="utf-8"><title>Panels</title>' +
      '<link rel="stylesheet" href="style.css"><body><script src="main.js"></script></body>'
  };
}
