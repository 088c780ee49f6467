import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createLocalStack } from '../src/local/client.ts';
import { readEnvironment } from '../src/local/environment.ts';
import type { Environment } from '../src/local/environment.ts';
import { headracePaths } from '../src/local/paths.ts';
import type { HeadracePaths } from '../src/local/paths.ts';
import { systemClock } from '../src/runtime/clock.ts';
import type { Clock } from '../src/runtime/clock.ts';
import { createKafka } from '../src/runtime/kafka/client.ts';
import type { KafkaPort } from '../src/runtime/kafka/port.ts';
import { bearer } from '../src/runtime/livy/auth/fixed.ts';
import { createLivyClient } from '../src/runtime/livy/client.ts';
import { createProducerRegistry } from '../src/runtime/producers/registry.ts';
import type { ProducerRegistry } from '../src/runtime/producers/port.ts';
import { createNotebookSessions } from '../src/runtime/session/notebook-sessions.ts';
import type { NotebookSession, NotebookSessions } from '../src/runtime/session-port.ts';
import { createStreamManager } from '../src/runtime/streams/manager.ts';
import type { StreamManager } from '../src/runtime/streams/port.ts';

/** The product's own parts on a stack of their own, as a notebook would have them. */
export interface Workbench {
  readonly clock: Clock;
  readonly paths: HeadracePaths;
  readonly environment: Environment;
  readonly kafka: KafkaPort;
  readonly sessions: NotebookSessions;
  /** The first of them. */
  readonly session: NotebookSession;
  /** The gateway's address and token. */
  readonly livy: { readonly url: string; readonly token: string };
  /** Process of the gateway. */
  readonly stackPid: number;
  readonly streams: StreamManager;
  readonly producers: ProducerRegistry;
  readonly signal: AbortSignal;
  /** Milliseconds from nothing to a broker that has taken a record. */
  readonly stackStartMs: number;
}

const NOTEBOOK = 'bench';

/** Starts the stack, runs the work and stops the stack again, whatever happens. */
export async function withWorkbench(
  signal: AbortSignal,
  work: (bench: Workbench) => Promise<void>
): Promise<void> {
  const clock = systemClock;
  const paths = headracePaths();
  const stack = createLocalStack({ clock });
  const checkpointDir = await mkdtemp(path.join(os.tmpdir(), 'headrace-bench-'));
  const startedAt = clock.now();
  try {
    const endpoints = await stack.ensure(() => undefined, signal);
    const stackStartMs = clock.now() - startedAt;
    const { brokers, livyUrl: url, livyToken: token } = endpoints;
    const kafka = createKafka({ brokers, clock });
    const sessions = createNotebookSessions({
      livy: createLivyClient({ endpoint: () => ({ url, auth: bearer(token) }), clock }),
      notebook: NOTEBOOK,
      dependencies: { packages: [], conf: {} },
      resolvePackages: () => Promise.resolve([]),
      clock
    });
    const streams = createStreamManager({
      notebookId: NOTEBOOK,
      kafka,
      sessions,
      brokers,
      clock,
      checkpointDir
    });
    const producers = createProducerRegistry({ connect: () => kafka.producer(), clock });
    const environment = await readEnvironment(paths.environmentFile);
    await work({
      clock,
      paths,
      environment,
      kafka,
      sessions,
      session: sessions.current,
      livy: { url, token },
      stackPid: endpoints.pid,
      streams,
      producers,
      signal,
      stackStartMs
    });
    await streams.close();
    await kafka.close();
  } finally {
    await stack.down(() => undefined, new AbortController().signal);
    await rm(checkpointDir, { recursive: true, force: true });
  }
}
