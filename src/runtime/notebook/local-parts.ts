import type { Clock } from '../clock.ts';
import { createLivyClient } from '../livy/client.ts';
import { createNotebookSession, type NotebookSessionOptions } from '../session/notebook-session.ts';
import { createStreamManager } from '../streams/manager.ts';
import type { NotebookParts } from './parts.ts';

export interface LocalPartsOptions {
  readonly clock: Clock;
  readonly resolvePackages: NotebookSessionOptions['resolvePackages'];
  /** Folder of the notebook: relative paths in its cells start there. */
  readonly workingDirectory: string;
  /** Folder of the checkpoints, private to the user. */
  readonly checkpointDirectory: string;
}

/** The parts of a notebook that is attached to the stack of this machine. */
export function createLocalParts(options: LocalPartsOptions): NotebookParts {
  const { clock, resolvePackages, workingDirectory, checkpointDirectory } = options;
  return {
    // Loaded at first use: its client compiles hundreds of schemas, half the start of a kernel.
    openKafka: async ({ brokers }) => {
      const { createKafka } = await import('../kafka/client.ts');
      return createKafka({ brokers, clock });
    },
    openSession: ({ notebook, endpoints, dependencies }) =>
      createNotebookSession({
        livy: createLivyClient({ url: endpoints.livyUrl, token: endpoints.livyToken, clock }),
        notebook,
        dependencies,
        resolvePackages,
        clock,
        workingDirectory
      }),
    openStreams: ({ notebook, endpoints, kafka, session }) =>
      createStreamManager({
        notebookId: notebook,
        kafka,
        session,
        brokers: endpoints.brokers,
        clock,
        checkpointDir: checkpointDirectory
      })
  };
}
