import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** What moto says when it listens, through the server that it is built on. */
const LISTENING = /Running on (http:\/\/127\.0\.0\.1:\d+)/;
const KEPT_LINES = 40;

/** The moto server: what AWS's interfaces answer, without AWS. https://docs.getmoto.org/en/latest/docs/server_mode.html */
export interface MotoServer {
  readonly url: string;
  /** Forgets all that was made. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Points the SDK of this process at `url`, with credentials that are nobody's. What the person has set up for AWS is
 * taken out, or a profile of theirs would be used.
 */
export function useEndpoint(url: string): void {
  for (const name of Object.keys(process.env))
    if (name.startsWith('AWS_')) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'moto',
    AWS_SECRET_ACCESS_KEY: 'moto',
    AWS_EC2_METADATA_DISABLED: 'true'
  });
}

/** Starts moto on a free port of the loopback interface; `HEADRACE_TEST_PYTHON` is a Python that has it. */
export async function startMoto(): Promise<MotoServer> {
  const python = process.env['HEADRACE_TEST_PYTHON'];
  assert.ok(python !== undefined, 'HEADRACE_TEST_PYTHON has to be a Python with moto.');
  const child = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // So that a role can be given only policies that AWS has.
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' }
  });
  const gone = once(child, 'exit');
  const said: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`moto ended: ${said.join('\n')}`)));
    createInterface({ input: child.stderr }).on('line', line => {
      said.push(line);
      if (said.length > KEPT_LINES) said.shift();
      const found = LISTENING.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return {
    url,
    async reset() {
      const answer = await fetch(`${url}/moto-api/reset`, { method: 'POST' });
      assert.equal(answer.status, 200, said.join('\n'));
    },
    async stop() {
      child.kill('SIGTERM');
      await gone;
    }
  };
}
