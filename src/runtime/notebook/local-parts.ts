import type { Clock } from '../clock.ts';
import { bearer } from '../livy/auth/fixed.ts';
import { createLivyClient } from '../livy/client.ts';
import type { NotebookSessionOptions } from '../session/notebook-session.ts';
import { createNotebookSessions } from '../session/notebook-sessions.ts';
import { createStreamManager } from '../streams/manager.ts';
import type { LocalStack, StackEndpoints } from '../stack-port.ts';
import type { LivyPort } from '../livy/port.ts';
import type { NotebookParts } from './parts.ts';

export interface LocalPartsOptions {
  /** Replaced when its gateway refuses connections: what it ran has survived it. */
  readonly stack: Pick<LocalStack, 'status' | 'ensure'>;
  readonly clock: Clock;
  readonly resolvePackages: NotebookSessionOptions['resolvePackages'];
  /** Folder of the notebook: relative paths in its cells start there. */
  readonly workingDirectory: string;
  /** Folder of the checkpoints, private to the user. */
  readonly checkpointDirectory: string;
}

/** The parts of a notebook that is attached to the stack of this machine. */
export function createLocalParts(options: LocalPartsOptions): NotebookParts {
  const { stack, clock, resolvePackages, workingDirectory, checkpointDirectory } = options;
  return {
    // Loaded at first use: its client compiles hundreds of schemas, half the start of a kernel.
    openKafka: async ({ brokers }) => {
      const { createKafka } = await import('../kafka/client.ts');
      return createKafka({ brokers, clock });
    },
    openSessions: ({ notebook, endpoints, dependencies }) =>
      createNotebookSessions({
        livy: openLivy(endpoints, stack, clock),
        notebook,
        dependencies,
        resolvePackages,
        clock,
        workingDirectory
      }),
    openStreams: ({ notebook, endpoints, kafka, sessions }) =>
      createStreamManager({
        notebookId: notebook,
        kafka,
        sessions,
        brokers: endpoints.brokers,
        clock,
        checkpointDir: checkpointDirectory
      })
  };
}

/** A client that goes on with the daemon that replaces a killed one; a stack that was ended stays so. */
function openLivy(
  attached: StackEndpoints,
  stack: LocalPartsOptions['stack'],
  clock: Clock
): LivyPort {
  let endpoints = attached;
  return createLivyClient({
    endpoint: () => ({ url: endpoints.livyUrl, auth: bearer(endpoints.livyToken) }),
    clock,
    recover: async signal => {
      const known = (await stack.status()).endpoints;
      if (known?.id === attached.id) endpoints = await stack.ensure(() => undefined, signal);
    }
  });
}
