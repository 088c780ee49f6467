import type { KafkaPort } from '../kafka/port.ts';
import type { NotebookSession, SessionDependencies } from '../session-port.ts';
import type { StackEndpoints } from '../stack-port.ts';
import type { StreamManager, StreamSpec } from '../streams/port.ts';

export interface SessionRequestParts {
  readonly endpoints: StackEndpoints;
  /** Name of the session, by which a new kernel finds it again. */
  readonly name: string;
  /** Read when a session is created. */
  readonly dependencies: () => SessionDependencies;
}

export interface StreamRequestParts {
  readonly notebook: string;
  readonly endpoints: StackEndpoints;
  readonly kafka: KafkaPort;
  readonly session: NotebookSession;
  /** Streams that this notebook started and did not stop, from its ledger. */
  readonly recorded: () => readonly StreamSpec[];
}

/** How the parts of an attached notebook are made. Nothing is connected before it is used. */
export interface NotebookParts {
  openKafka(endpoints: StackEndpoints): KafkaPort;
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
