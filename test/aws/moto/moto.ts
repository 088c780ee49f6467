import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before } from 'node:test';

/** A server of moto on a port of its own. https://docs.getmoto.org/en/latest/docs/server_mode.html */
export interface Moto {
  readonly url: string;
  /** Forgets all that was made. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** What the clients of the SDK read, and what moto does only where it is told to. */
const SETTINGS = {
  AWS_ACCESS_KEY_ID: 'moto',
  AWS_SECRET_ACCESS_KEY: 'moto',
  AWS_EC2_METADATA_DISABLED: 'true',
  MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION: 'true',
  MOTO_EC2_LOAD_DEFAULT_AMIS: 'false',
  MOTO_IAM_LOAD_MANAGED_POLICIES: 'true'
};

/** The Python of the private environment, in which moto and cfn-lint are. */
export function testPython(): string {
  const python = process.env['HEADRACE_TEST_PYTHON'];
  assert.ok(python !== undefined, 'HEADRACE_TEST_PYTHON is not set: run npm test -- aws');
  return python;
}

/** Starts a server; the caller stops it. It ends by itself when this process does. */
async function startMoto(): Promise<Moto> {
  const child = spawn(testPython(), [path.join(import.meta.dirname, 'serve.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...SETTINGS }
  });
  const ended = once(child, 'exit');
  const first = once(createInterface({ input: child.stdout }), 'line');
  const [url] = (await Promise.race([first, ended])) as unknown[];
  assert.ok(typeof url === 'string' && url.startsWith('http://'), 'moto does not start');
  return {
    url,
    async reset() {
      const answer = await fetch(new URL('/moto-api/reset', url), { method: 'POST' });
      assert.equal(answer.status, 200);
    },
    async stop() {
      child.stdin.end();
      await ended;
    }
  };
}

/** A server for all tests of a file, whose clients find it by the variables that the SDK reads. */
export function motoOfThisFile(): { readonly moto: () => Moto } {
  let running: Moto | undefined;
  before(async () => {
    running = await startMoto();
    Object.assign(process.env, SETTINGS, { AWS_ENDPOINT_URL: running.url });
  });
  after(() => running?.stop());
  return {
    moto() {
      assert.ok(running !== undefined);
      return running;
    }
  };
}
