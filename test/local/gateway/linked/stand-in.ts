import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * Stands in for Python with a held module: a process of its own that listens in its folder, keeps state
 * beyond a connection, and does what each message or statement tells it to.
 */
const PROGRAM = `
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
const folder = process.argv.at(-1);
const { secret, start } = JSON.parse(fs.readFileSync(path.join(folder, 'request.json'), 'utf8'));
const conf = start.conf ?? start;
let state = start.state ?? { app_id: null, next_statement: 0, statements: [] };
let gateway;
const tell = message => gateway?.write(JSON.stringify(message) + '\\n');
const write = (name, value) => {
  fs.writeFileSync(path.join(folder, name + '.new'), JSON.stringify(value));
  fs.renameSync(path.join(folder, name + '.new'), path.join(folder, name));
};
const leave = reason => write('last.json', { reason, snapshot: { log: [['stderr', 'last words']], state } });
const act = step => {
  if (step.state) state = step.state;
  if (step.tell) tell(step.tell);
  if (step.raw) gateway.write(step.raw);
  if (step.child) tell({ type: 'told', child: spawn('sleep', ['1000'], { stdio: 'inherit' }).pid });
  if (step.self) tell({ type: 'told', pid: process.pid, argv: process.argv, env: process.env, cwd: process.cwd() });
  if (step.die) process.kill(process.pid, step.die);
  if (step.fail) { tell({ type: 'ending', reason: step.fail }); gateway.end(() => process.exit(1)); }
  if (step.failAlone) gateway.once('close', () => { leave(step.failAlone); process.exit(1); });
};
const take = message => {
  if (message.type === 'end') { if (!conf.stubborn) process.exit(0); }
  else if (message.type === 'execute') act(JSON.parse(message.code));
  else act(message);
};
if (conf.fault) { console.error(conf.fault); process.exit(1); }
if (conf.stubborn) process.on('SIGTERM', () => undefined);
const server = net.createServer(socket => {
  let rest = '';
  let admitted = false;
  socket.on('error', () => undefined);
  socket.on('data', data => {
    const lines = (rest + data).split('\\n');
    rest = lines.pop();
    for (const message of lines.map(line => JSON.parse(line))) {
      if (admitted) take(message);
      else if (message.secret !== secret) socket.destroy();
      else {
        admitted = true;
        gateway?.end(JSON.stringify({ type: 'replaced' }) + '\\n');
        gateway = socket;
        tell({ type: 'snapshot', log: [['stdout', 'so far']], state });
      }
    }
  });
});
const startTime = () => fs.existsSync('/proc/self/stat')
  ? fs.readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ')[19]
  : execFileSync('ps', ['-o', 'lstart=', '-p', String(process.pid)]).toString().trim();
server.listen(0, '127.0.0.1', () =>
  write('endpoint.json', { pid: process.pid, start: startTime(), port: server.address().port })
);
`;

/** A folder with a program that is called as Python is. */
export interface StandIn {
  readonly folder: string;
  readonly python: string;
  /** Makes the folder of one process. */
  processFolder(name: string): string;
  remove(): Promise<void>;
}

export async function standInPython(): Promise<StandIn> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'headrace-held-'));
  const python = path.join(folder, 'python');
  await writeFile(path.join(folder, 'held.mjs'), PROGRAM);
  await writeFile(python, `#!/bin/sh\nexec '${process.execPath}' '${folder}/held.mjs' "$@"\n`);
  await chmod(python, 0o700);
  return {
    folder,
    python,
    processFolder(name) {
      const made = path.join(folder, name);
      mkdirSync(made, { recursive: true, mode: 0o700 });
      return made;
    },
    remove: () => rm(folder, { recursive: true })
  };
}
