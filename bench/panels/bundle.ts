import path from 'node:path';
import { build } from 'esbuild';

/** The measured page: file name to text. */
export type PageFiles = Readonly<Record<string, string>>;

/** Bundles the page as the browser loads it; nothing is written to disk. */
export async function bundlePage(root: string): Promise<PageFiles> {
  const bundle = await build({
    absWorkingDir: root,
    entryPoints: ['bench/page/main.ts', 'bench/page/feed-worker.ts', 'bench/page/page.css'],
    outdir: 'page',
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error'
  });
  const files = bundle.outputFiles.map(({ path: file, text }) => [path.basename(file), text]);
  return {
    ...(Object.fromEntries(files) as PageFiles),
    'index.html':
      '<!doctype html><meta charset="utf-8"><title>Panels</title>' +
      '<link rel="stylesheet" href="page.css"><body><script src="main.js"></script></body>'
  };
}
