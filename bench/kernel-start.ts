import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Dealer } from 'zeromq';
import { endpoint, type ConnectionFile } from '../src/kernel/connection-file.ts';
import { Session } from '../src/kernel/session.ts';
import { createSigner, encodeMessage } from '../src/kernel/wire.ts';
import { projectRoot } from '../src/local/paths.ts';
import { systemClock } from '../src/runtime/clock.ts';
import { HeadraceError } from '../src/shared/errors.ts';
import { distribution, type Distribution } from './percentiles.ts';

const WARM_UP = 2;
const STARTS = 20;
/** A client looks this often whether the kernel listens, milliseconds. */
const RECONNECT_MS = 2;
const LIMIT_MS = 30_000;
const KEY = 'bench';
const SCHEME = 'hmac-sha256';

/** From the start of the built kernel to its answer to `kernel_info_request`, one kernel after another. */
export async function measureKernelStarts(signal: AbortSignal): Promise<Distribution> {
  const program = path.join(projectRoot(), 'build/node/kernel.mjs');
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + STARTS; round += 1) {
    const time = await kernelStartMs(program, signal);
    if (round >= WARM_UP) times.push(time);
  }
  return distribution(times);
}

/** The same for one start of `program`, milliseconds. The kernel has ended when this resolves. */
export async function kernelStartMs(program: string, signal: AbortSignal): Promise<number> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'headrace-bench-kernel-'));
  const connection = connectionIn(folder);
  const file = path.join(folder, 'kernel.json');
  await writeFile(file, JSON.stringify(connection));
  const client = new Dealer({ linger: 0, reconnectInterval: RECONNECT_MS });
  client.receiveTimeout = LIMIT_MS;
  client.connect(endpoint(connection, connection.shell_port));
  const sign = createSigner(KEY, SCHEME);
  const asked = new Session(systemClock).message('kernel_info_request', {}, null, []);
  const startedAt = performance.now();
  const child = spawn(process.execPath, [program, file], {
    cwd: folder,
    stdio: 'ignore',
    signal
  });
  const ended = once(child, 'exit');
  try {
    await client.send(encodeMessage(asked, sign));
    await client.receive();
    return performance.now() - startedAt;
  } catch (cause) {
    throw new HeadraceError('HR_PROCESS', `The kernel ${program} does not answer`, { cause });
  } finally {
    client.close();
    child.kill('SIGTERM');
    await ended.catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
}

function connectionIn(folder: string): ConnectionFile {
  return {
    transport: 'ipc',
    ip: path.join(folder, 'kernel'),
    key: KEY,
    signature_scheme: SCHEME,
    shell_port: 1,
    control_port: 2,
    iopub_port: 3,
    stdin_port: 4,
    hb_port: 5
  };
}
