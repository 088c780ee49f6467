import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createLocalStack } from '../../src/local/client.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { startAws, type FakeAws } from '../../test/fakes/aws/server/start.ts';

/** A step of work in the account: long enough to be seen, short enough for a test. */
const STEP_MS = 150;
/** Name of the kernel whose environment is the account; to those who look at JupyterLab it is Headrace. */
export const AWS_KERNEL = 'headrace-aws';

const SPEC = fileURLToPath(
  new URL('../../build/share/jupyter/kernels/headrace/kernel.json', import.meta.url)
);
const specSchema = z.looseObject({ env: z.record(z.string(), z.string()).default({}) });

/** A small AWS account, and a kernel in JupyterLab that works with it. */
export interface AwsKernel {
  readonly aws: FakeAws;
  close(): Promise<void>;
}

/**
 * Starts an account whose Kafka and Spark are those of the stack of the tests, and gives JupyterLab a kernel that
 * is pointed at it. Kernels have the environment of JupyterLab, which is there before the account.
 */
export async function openAwsKernel(env: NodeJS.ProcessEnv): Promise<AwsKernel> {
  const { JUPYTER_DATA_DIR: data } = env;
  if (data === undefined) throw new Error('JUPYTER_DATA_DIR is not set: run npm test');
  const stack = createLocalStack({ env });
  const { brokers, livyUrl, livyToken } = await stack.ensure(
    () => undefined,
    new AbortController().signal
  );
  const folder = path.join(data, 'kernels', AWS_KERNEL);
  const aws = await startAws({
    brokers,
    brokersSpeakTls: false,
    livy: { url: livyUrl, token: livyToken, buckets: path.join(folder, 'buckets') },
    clock: systemClock,
    stepMs: STEP_MS
  });
  await writeKernel(folder, {
    ...aws.env,
    HEADRACE_CONFIG: path.join(folder, 'config'),
    HEADRACE_LIVY_SERVERLESS_URL: aws.livyUrl('{application}')
  });
  return {
    aws,
    async close() {
      await rm(folder, { recursive: true, force: true });
      await stack.release();
      await aws.close();
    }
  };
}

async function writeKernel(folder: string, env: Readonly<Record<string, string>>): Promise<void> {
  const spec = specSchema.parse(JSON.parse(await readFile(SPEC, 'utf8')));
  await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(folder, 'kernel.json'),
    JSON.stringify({ ...spec, env: { ...spec.env, ...env } })
  );
}
