import type { KafkaPort } from '../kafka/port.ts';
import type { NotebookSession, SessionDependencies } from '../session-port.ts';
import type { StackEndpoints } from '../stack-port.ts';
import type { StreamManager } from '../streams/port.ts';

export interface SessionRequestParts {
  /** Identity of the notebook, by which a new kernel finds its session again. */
  readonly notebook: string;
  readonly endpoints: StackEndpoints;
  /** To be read when a session is created: it changes with the record of the notebook. */
  readonly dependencies: SessionDependencies;
}

export interface StreamRequestParts {
  readonly notebook: string;
  readonly endpoints: StackEndpoints;
  readonly kafka: KafkaPort;
  readonly session: NotebookSession;
}

/** How the parts of an attached notebook are made. Nothing is connected before it is used. */
export interface NotebookParts {
  openKafka(endpoints: StackEndpoints): Promise<KafkaPort>;
  openSession(request: SessionRequestParts): NotebookSession;
  openStreams(request: StreamRequestParts): StreamManager;
}

/** The parts while a notebook is attached to one stack. */
export interface Attachment {
  readonly endpoints: StackEndpoints;
  readonly kafka: KafkaPort;
  readonly session: NotebookSession;
  readonly streams: StreamManager;
}

/** Closes the connections; what runs in Spark goes on. */
export async function closeAttachment(attachment: Attachment): Promise<void> {
  await Promise.allSettled([attachment.streams.close(), attachment.kafka.close()]);
}
