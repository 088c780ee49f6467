// Entry of `npm start`, `npm test` and `npm run bench`: brings npm packages and build/ up to date with the
// sources, then hands over to build/node/setup.mjs. It has no dependencies, because none may be installed yet.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => path.join(root, ...parts);

/** A failure that one sentence explains. */
class BootstrapError extends Error {}

function checkNode() {
  const wanted = readJson(at('package.json')).engines.node.replace('>=', '').split('.').map(Number);
  const found = process.versions.node.split('.').map(Number);
  const difference = wanted.map((part, index) => found[index] - part).find(part => part !== 0) ?? 0;
  if (difference < 0)
    throw new BootstrapError(
      `Node ${wanted.join('.')} or newer is needed (this is ${process.versions.node}). Install it from https://nodejs.org or your package manager, then repeat the command.`
    );
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function tryReadJson(file) {
  try {
    return readJson(file);
  } catch {
    return null;
  }
}

/** npm writes node_modules/.package-lock.json as its last step, so a matching one means a whole installation. */
function packagesAreCurrent() {
  const wanted = Object.entries(readJson(at('package-lock.json')).packages);
  const installed = tryReadJson(at('node_modules/.package-lock.json'))?.packages ?? {};
  return wanted.every(
    ([name, entry]) =>
      name === '' || entry.optional || installed[name]?.version === entry.version || entry.link
  );
}

/** What to tell a person about the end of a failed `npm ci`. */
function explainNpm(log) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(log))
    return 'The npm packages could not be downloaded (no answer from the registry). Check the network, or the `registry` and `proxy` settings of npm, then repeat the command: it goes on where it stopped.';
  if (/ENOSPC/.test(log))
    return 'The npm packages could not be unpacked (the disk is full). Free about 1 GB, then repeat the command.';
  if (/EACCES|EPERM|EROFS/.test(log))
    return `The npm packages could not be written (no permission for ${root}). Make the folder writable, then repeat the command.`;
  const reason = /npm error (?!code)(.+)/.exec(log)?.[1] ?? 'npm gave no reason';
  return `The npm packages could not be installed (${reason}). Run \`npm ci\` to see the whole log.`;
}

/** Draws one line that replaces itself in a terminal, and a line per quarter elsewhere. */
function packageProgress(total) {
  let done = 0;
  let quarter = 0;
  return line => {
    if (!/npm http (fetch GET 200 \S+\.tgz|cache )/.test(line)) return;
    done = Math.min(done + 1, total);
    if (process.stderr.isTTY) {
      const filled = Math.round((24 * done) / total);
      const bar = '█'.repeat(filled) + '░'.repeat(24 - filled);
      process.stderr.write(`\r\u001b[2K  npm packages  ${bar} ${done} of ${total}`);
    } else if (Math.floor((4 * done) / total) > quarter) {
      quarter = Math.floor((4 * done) / total);
      process.stderr.write(`  npm packages: ${quarter * 25} %\n`);
    }
  };
}

/** Calls back with each whole line of a stream. */
function eachLine(stream, onLine) {
  let rest = '';
  stream.setEncoding('utf8').on('data', text => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    lines.forEach(onLine);
  });
}

function npmCommand(args) {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js')
    ? [process.execPath, [script, ...args], false]
    : ['npm', args, process.platform === 'win32'];
}

async function installPackages() {
  const total = Object.keys(readJson(at('package-lock.json')).packages).length - 1;
  process.stderr.write(`Installing ${total} npm packages (once, a minute or two)\n`);
  const onLine = packageProgress(total);
  const [command, args, shell] = npmCommand(['ci', '--no-audit', '--no-fund', '--loglevel=http']);
  const child = spawn(command, args, { cwd: root, shell, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  eachLine(child.stderr, line => {
    onLine(line);
    if (!line.startsWith('npm http')) log = `${log}\n${line}`.slice(-20_000);
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
  if (code !== 0) throw new BootstrapError(explainNpm(log));
}

function filesUnder(entry) {
  const stat = statSync(at(entry), { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (!stat.isDirectory()) return [entry];
  return readdirSync(at(entry))
    .sort()
    .flatMap(name => filesUnder(path.join(entry, name)));
}

/** Content hash of all that a part of the build reads, with the paths that are written into its output. */
function fingerprint(entries) {
  const hash = createHash('sha256').update(`${root}\0${process.execPath}\0`);
  for (const file of entries.flatMap(filesUnder))
    hash
      .update(`${file}\0`)
      .update(readFileSync(at(file)))
      .update('\0');
  return hash.digest('hex');
}

const ALWAYS = ['package.json', 'package-lock.json', 'tools/build.mjs', 'src/shared'];
const PARTS = {
  node: [
    ...ALWAYS,
    'kernelspec',
    'tsconfig.json',
    ...['kernel', 'local', 'magics', 'runtime', 'setup'].map(layer => `src/${layer}`)
  ],
  lab: [...ALWAYS, 'tsconfig.browser.json', 'schema', 'style', 'src/extension', 'src/panels']
};

async function buildWhatChanged() {
  for (const [part, entries] of Object.entries(PARTS)) {
    const stamp = at('build', `.${part}.sha256`);
    const now = fingerprint(entries);
    const before = statSync(stamp, { throwIfNoEntry: false })
      ? readFileSync(stamp, 'utf8')
      : undefined;
    if (before === now) continue;
    rmSync(stamp, { force: true });
    process.stderr.write(
      `Building ${part === 'lab' ? 'the JupyterLab extension' : 'the kernel'}\n`
    );
    await buildPart(part);
    mkdirSync(at('build'), { recursive: true });
    writeFileSync(stamp, now);
  }
}

async function buildPart(part) {
  const child = spawn(process.execPath, [at('tools/build.mjs'), part], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit']
  });
  const code = await new Promise(resolve => child.once('close', resolve));
  if (code !== 0)
    throw new BootstrapError(
      'The build failed. The lines above say where; correct the source, then repeat the command.'
    );
}

try {
  checkNode();
  if (!packagesAreCurrent()) await installPackages();
  await buildWhatChanged();
  await import(pathToFileURL(at('build/node/setup.mjs')).href);
} catch (error) {
  if (!(error instanceof BootstrapError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
