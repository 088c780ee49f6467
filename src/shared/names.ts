/** Names that more than one process must agree on. */

/** Saved form of a live view in an output cell. */
export const VIEW_MIME = 'application/vnd.headrace.view.v1+json';
/** Target of the comm that carries live frames; the front end opens it. */
export const LIVE_COMM_TARGET = 'headrace.live';

/** Hidden column: Kafka timestamp of the newest input record behind a row, a Spark timestamp. */
export const TIME_COLUMN = '__hr_time';

/** Prefix of the topics that belong to Headrace and not to the user. */
export const INTERNAL_TOPIC_PREFIX = '_headrace.';

export type StreamTopicKind = 'results' | 'progress' | 'dead';

/** Name of an internal topic: `_headrace.<notebook>.<stream>.<kind>`. */
export function streamTopic(notebook: string, stream: string, kind: StreamTopicKind): string {
  return `${INTERNAL_TOPIC_PREFIX}${notebook}.${stream}.${kind}`;
}

export function isInternalTopic(topic: string): boolean {
  return topic.startsWith(INTERNAL_TOPIC_PREFIX) || topic.startsWith('__');
}
