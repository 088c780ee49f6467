import type { KafkaPort } from '../kafka/port.ts';
import type { BatchPort } from '../livy/batch-port.ts';
import type { LivyPort } from '../livy/port.ts';
import type { NotebookSessions, SessionDependencies } from '../session-port.ts';
import type { StreamManager } from '../streams/port.ts';
import type { AttachedEndpoints, Place } from './place.ts';

export interface KafkaRequestParts {
  readonly place: Place;
  /** For brokers that are reached through a Spark session; names and dependencies are as of the others. */
  readonly notebook: string;
  readonly livy: LivyPort;
  readonly dependencies: SessionDependencies;
}

export interface SessionRequestParts {
  /** Identity of the notebook, by which a new kernel finds its sessions again. */
  readonly notebook: string;
  readonly livy: LivyPort;
  /** To be read when a session is created: it changes with the record of the notebook. */
  readonly dependencies: SessionDependencies;
}

export interface StreamRequestParts {
  readonly notebook: string;
  readonly place: Place;
  readonly kafka: KafkaPort;
  readonly livy: LivyPort;
  readonly sessions: NotebookSessions;
}

/** How the parts of an attached notebook are made, wherever that is. Nothing is connected before it is used. */
export interface NotebookParts {
  openKafka(request: KafkaRequestParts): Promise<KafkaPort>;
  /** Throws HR_USAGE where the endpoint has to be told who asks, and nobody gives credentials. */
  openLivy(place: Place): LivyPort;
  openSessions(request: SessionRequestParts): NotebookSessions;
  openStreams(request: StreamRequestParts): StreamManager;
}

/** The parts while a notebook is attached to one place. */
export interface Attachment {
  readonly place: Place;
  readonly endpoints: AttachedEndpoints;
  readonly kafka: KafkaPort;
  readonly livy: LivyPort;
  readonly sessions: NotebookSessions;
  readonly streams: StreamManager;
  /** Those of the sessions, kept on record. */
  readonly batches: BatchPort;
}

/** Closes the connections; what runs in Spark goes on. */
export async function closeAttachment(attachment: Attachment): Promise<void> {
  await Promise.allSettled([attachment.streams.close(), attachment.kafka.close()]);
}
