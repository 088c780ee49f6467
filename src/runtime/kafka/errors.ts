import { closest, distance } from 'fastest-levenshtein';
import { HeadraceError, interrupted, toHeadraceError } from '../../shared/errors.ts';
import { isInternalTopic } from '../../shared/names.ts';

/** What a failed call was about, for the sentence that a person reads. */
export interface KafkaCall {
  readonly brokers: readonly string[];
  /** Topic or topics of the call, where it had any. */
  readonly topic?: string;
  /** What to do where no broker answers, for brokers that are not of the local stack. */
  readonly hint?: string;
}

interface ForeignError {
  readonly message: string;
  readonly code?: unknown;
  readonly apiId?: unknown;
  readonly serverErrorMessage?: unknown;
  readonly errors?: unknown;
  readonly cause?: unknown;
}

const TOPIC_IS_GONE = ['UNKNOWN_TOPIC_OR_PARTITION', 'UNKNOWN_TOPIC_ID', 'INCONSISTENT_TOPIC_ID'];
const UNREACHABLE_CODES = [
  'PLT_KFK_NETWORK',
  'PLT_KFK_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH'
];

function isForeign(error: unknown): error is ForeignError {
  return error instanceof Error;
}

/** An error and everything that it wraps, outermost first. */
function* chain(error: unknown): Generator<ForeignError> {
  if (!isForeign(error)) return;
  yield error;
  if (Array.isArray(error.errors)) for (const inner of error.errors) yield* chain(inner);
  if (error.cause !== undefined) yield* chain(error.cause);
}

/** Names of the protocol errors inside an error, such as `OFFSET_OUT_OF_RANGE`. */
export function protocolErrorsOf(error: unknown): string[] {
  return [...chain(error)].flatMap(one => (typeof one.apiId === 'string' ? [one.apiId] : []));
}

/** Whether the broker says that a topic, or the topic of this identity, does not exist. */
export function saysTopicIsGone(error: unknown): boolean {
  if (error instanceof HeadraceError) return error.code === 'HR_TOPIC_NOT_FOUND';
  return (
    protocolErrorsOf(error).some(id => TOPIC_IS_GONE.includes(id)) ||
    [...chain(error)].some(one => /^Unknown topic /.test(one.message))
  );
}

/** The error for a topic that does not exist, naming the nearest of those that do. */
export function topicNotFound(topic: string, existing: readonly string[] = []): HeadraceError {
  const visible = existing.filter(name => !isInternalTopic(name));
  const nearest = visible.length === 0 ? undefined : closest(topic, visible);
  const near = nearest !== undefined && distance(topic, nearest) <= Math.max(2, topic.length / 3);
  return new HeadraceError('HR_TOPIC_NOT_FOUND', `There is no topic named ${topic}`, {
    next: near ? `Did you mean ${nearest}?` : `Create it with %topic create ${topic}.`
  });
}

/** The error for a topic that exists already. */
export function topicExists(topic: string): HeadraceError {
  return new HeadraceError('HR_TOPIC_EXISTS', `The topic ${topic} exists already`, {
    next: `Use it as it is, or delete it first with %topic delete ${topic}.`
  });
}

function unreachable(call: KafkaCall, cause: unknown): HeadraceError {
  return new HeadraceError('HR_BROKER_UNREACHABLE', 'No Kafka broker answers', {
    why: `tried ${call.brokers.join(', ')}`,
    next:
      call.hint ??
      'Run %provision again, or check that the brokers are up and can be reached from here.',
    cause
  });
}

/** OpenSSL's and Node's names for a certificate that is not trusted, https://nodejs.org/api/tls.html#x509-certificate-error-codes. */
const UNTRUSTED =
  /^(CERT_|UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|ERR_TLS_CERT_|HOSTNAME_MISMATCH)/;

function untrusted(error: ForeignError, call: KafkaCall, cause: unknown): HeadraceError {
  return new HeadraceError(
    'HR_BROKER_REFUSED',
    'The certificate of the Kafka broker is not trusted',
    {
      why: `${error.message.replace(/\.$/, '')}, at ${call.brokers.join(', ')}`,
      next: 'Give the certificate of its authority, or check the address.',
      cause
    }
  );
}

/** An error that no later try mends: what the broker is shown is missing, or what it shows is not trusted. */
function hopeless(errors: readonly ForeignError[], call: KafkaCall, cause: unknown) {
  const own = errors.find(one => one instanceof HeadraceError);
  if (own !== undefined) return own;
  const bad = errors.find(one => UNTRUSTED.test(String(one.code)));
  return bad === undefined ? null : untrusted(bad, call, cause);
}

function refused(error: ForeignError, cause: unknown): HeadraceError {
  const detail = error.serverErrorMessage;
  const why = typeof detail === 'string' && detail !== '' ? detail : error.message;
  return new HeadraceError('HR_BROKER_REFUSED', 'The Kafka broker refused the request', {
    why: why.replace(/\.$/, ''),
    cause
  });
}

/** The error for an answer of the broker, or null where no broker answered. */
function answered(errors: readonly ForeignError[], call: KafkaCall, cause: unknown) {
  const answer =
    errors.find(one => typeof one.apiId === 'string') ??
    errors.find(one => one.code === 'PLT_KFK_AUTHENTICATION') ??
    errors.find(one => String(one.code).startsWith('PLT_KFK_UNSUPPORTED'));
  if (answer === undefined) return null;
  return answer.apiId === 'TOPIC_ALREADY_EXISTS'
    ? topicExists(call.topic ?? 'of this name')
    : refused(answer, cause);
}

/** Any error of the client library as a HeadraceError; those of this project pass unchanged. */
export function toKafkaError(error: unknown, call: KafkaCall): HeadraceError {
  if (error instanceof HeadraceError) return error;
  if (error instanceof Error && error.name === 'AbortError') return interrupted('a Kafka request');
  if (saysTopicIsGone(error)) return topicNotFound(call.topic ?? 'of this name');
  const errors = [...chain(error)];
  const answer = hopeless(errors, call, error) ?? answered(errors, call, error);
  if (answer !== null) return answer;
  return errors.some(one => UNREACHABLE_CODES.includes(String(one.code)))
    ? unreachable(call, error)
    : toHeadraceError(error);
}
