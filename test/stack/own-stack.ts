import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createLocalStack } from '../../src/local/client.ts';
import { headracePaths, type HeadracePaths, projectRoot } from '../../src/local/paths.ts';
import { stackProcesses } from '../../src/local/supervisor/leftovers.ts';
import { processStart, sendSignal } from '../../src/local/processes.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { openLedger } from '../../src/runtime/ledger/ledger.ts';
import { createNotebookParts } from '../../src/runtime/notebook/notebook-parts.ts';
import { createNotebookRuntime } from '../../src/runtime/notebook/notebook-runtime.ts';
import type { NotebookRuntime } from '../../src/runtime/notebook/port.ts';
import { createNetworkProbes } from '../../src/runtime/profile/doctor/network.ts';
import { openProfiles } from '../../src/runtime/profile/store.ts';
import type { LocalStack } from '../../src/runtime/stack-port.ts';
import { eventually, quiet } from './stream-fixture.ts';

/** A stack in a run folder of its own, for tests that end parts of it. */
export class OwnStack {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly paths: HeadracePaths;
  readonly stack: LocalStack;

  private constructor(run: string, settings: Readonly<Record<string, string>>) {
    this.env = { ...process.env, ...settings, HEADRACE_RUN: run };
    this.paths = headracePaths(this.env);
    this.stack = createLocalStack({ env: this.env });
  }

  /** Starts nothing yet. */
  static async create(settings: Readonly<Record<string, string>> = {}): Promise<OwnStack> {
    return new OwnStack(await mkdtemp(path.join(os.tmpdir(), 'headrace-own-')), settings);
  }

  /** What the kernel of a notebook holds. */
  async notebook(id: string): Promise<NotebookRuntime> {
    const { paths, stack } = this;
    return createNotebookRuntime({
      ledger: await openLedger(path.join(paths.run, 'notebooks'), id),
      stack,
      profiles: openProfiles(path.join(paths.run, 'profiles')),
      network: createNetworkProbes(),
      parts: createNotebookParts({
        stack,
        clock: systemClock,
        resolvePackages: () => Promise.resolve([]),
        workingDirectory: paths.run,
        checkpointDirectory: path.join(paths.data, 'checkpoints'),
        sparkJobs: path.join(projectRoot(), 'spark-jobs')
      }),
      clock: systemClock
    });
  }

  /** The process of the stack whose command line has this word; the test fails where there is not just one. */
  async pidOf(word: string): Promise<number> {
    const found = (await stackProcesses(this.paths)).filter(({ argv }) => argv.includes(word));
    const [one] = found;
    if (one === undefined || found.length > 1)
      throw new Error(`${found.length} processes with ${word} in their command line`);
    return one.pid;
  }

  /** Ends all with its data. */
  async remove(): Promise<void> {
    await this.stack.down(quiet, new AbortController().signal);
    await rm(this.paths.run, { recursive: true, force: true });
  }
}

/** Ends a process by signal 9 and waits until it is gone. */
export async function kill(pid: number): Promise<void> {
  sendSignal(pid, 'SIGKILL');
  await eventually(
    () => `process ${pid} is still there`,
    async () => (await processStart(pid)) === null
  );
}
