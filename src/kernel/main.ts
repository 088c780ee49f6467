import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { resolvePackages } from '../local/artifacts/packages.ts';
import { createLocalStack } from '../local/client.ts';
import { readEnvironment } from '../local/environment.ts';
import { headracePaths, projectRoot, type EnvironmentVariables } from '../local/paths.ts';
import { createCellLanguage } from '../magics/language.ts';
import { credentialSource } from '../runtime/aws/services/credentials.ts';
import { systemClock } from '../runtime/clock.ts';
import { openLedger } from '../runtime/ledger/ledger.ts';
import type { ClusterTopics } from '../runtime/relay/cluster-topics.ts';
import { createNotebookParts } from '../runtime/notebook/notebook-parts.ts';
import { notebookId } from '../runtime/notebook/notebook-id.ts';
import { createNetworkProbes } from '../runtime/profile/doctor/network.ts';
import type { AwsServices } from '../runtime/aws/services-port.ts';
import { openProfiles } from '../runtime/profile/store.ts';
import { createNotebookRuntime } from '../runtime/notebook/notebook-runtime.ts';
import { HeadraceError, toHeadraceError } from '../shared/errors.ts';
import { readConnectionFile } from './connection-file.ts';
import { parentGone, parentPid } from './process/parent-watch.ts';
import { serveKernel } from './serve-kernel.ts';

/** The kernel process: joins every part. Started as `kernel.mjs CONNECTION_FILE`; its log is standard error. */

const clock = systemClock;

/** `HEADRACE_AUTO_PROVISION=1` starts the local stack at the first cell that needs it, for runs without a person. */
const settingsSchema = z.object({
  HEADRACE_AUTO_PROVISION: z.enum(['0', '1']).default('0')
});

function log(line: string): void {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
}

async function main(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const [connectionFile] = args;
  if (connectionFile === undefined) {
    throw new HeadraceError('HR_USAGE', 'The kernel needs a connection file', {
      next: 'Start it through Jupyter.'
    });
  }
  const settings = settingsSchema.parse(env);
  quietAws(env);
  const ending = endOfProcess(env);
  await serveKernel({
    connection: await readConnectionFile(connectionFile),
    language: createCellLanguage({ autoProvision: settings.HEADRACE_AUTO_PROVISION === '1' }),
    runtime: await openNotebook(env),
    clock,
    cwd: process.cwd(),
    version: await projectVersion(),
    log,
    signal: ending,
    onReady: interrupt => process.on('SIGINT', interrupt)
  });
}

/**
 * The clients of AWS say at first use which Node their later releases will need; those here are pinned, and a cell can
 * do nothing about it. https://github.com/aws/aws-sdk-js-v3/blob/main/supplemental-docs/CLIENTS.md
 */
function quietAws(env: NodeJS.ProcessEnv): void {
  env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
}

/** Aborted by a signal to end, and when the server that started this kernel is gone. */
function endOfProcess(env: EnvironmentVariables): AbortSignal {
  const ending = new AbortController();
  for (const name of ['SIGTERM', 'SIGHUP'] as const) process.on(name, () => ending.abort());
  const parent = parentPid(env, process.platform);
  if (parent !== null) {
    parentGone(parent, clock, ending.signal).then(
      () => ending.abort(),
      () => undefined
    );
  }
  return ending.signal;
}

async function openNotebook(env: EnvironmentVariables) {
  const paths = headracePaths(env);
  const stack = createLocalStack({ env, clock });
  const aws = openAws(env);
  return createNotebookRuntime({
    ledger: await openLedger(path.join(paths.home, 'notebooks'), notebookId(env)),
    stack,
    profiles: openProfiles(paths.profiles),
    network: createNetworkProbes(),
    parts: createNotebookParts({
      stack,
      clock,
      resolvePackages: async (packages, onProgress, signal) => {
        const { java, sparkHome } = await readEnvironment(paths.environmentFile);
        return resolvePackages(packages, { java, sparkHome, paths, env, onProgress, signal });
      },
      workingDirectory: process.cwd(),
      checkpointDirectory: path.join(paths.data, 'checkpoints'),
      sparkJobs: path.join(projectRoot(), 'spark-jobs'),
      mskTopics: (cluster, settled) => topicsOf(aws, cluster, settled),
      secrets: {
        env,
        readFile: file => readFile(file, 'utf8'),
        credentials: credentialSource(env)
      }
    }),
    aws,
    clock
  });
}

/** Its clients are large and most notebooks need none, so the first cell that does loads them. */
function openAws(env: EnvironmentVariables): () => Promise<AwsServices> {
  let opened: Promise<AwsServices> | null = null;
  return () =>
    (opened ??= import('../runtime/aws/services/open.ts').then(({ openAwsServices }) =>
      openAwsServices({ env, clock })
    ));
}

/** Topics of an MSK cluster, whose client is loaded when one is made or deleted. */
function topicsOf(
  aws: () => Promise<AwsServices>,
  ...asked: Parameters<AwsServices['topics']>
): ClusterTopics {
  const topics = async (): Promise<ClusterTopics> => (await aws()).topics(...asked);
  return {
    createTopics: async (specs, signal) => (await topics()).createTopics(specs, signal),
    deleteTopics: async (names, signal) => (await topics()).deleteTopics(names, signal)
  };
}

async function projectVersion(): Promise<string> {
  const text = await readFile(path.join(projectRoot(), 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

process.on('unhandledRejection', error => log(`A rejection was not handled: ${String(error)}`));

main(process.argv.slice(2), process.env).then(
  () => process.exit(0),
  (error: unknown) => {
    log(toHeadraceError(error).line);
    process.exit(1);
  }
);
