import { HeadraceError, toHeadraceError } from '../../shared/errors.ts';
import { topicExists, topicNotFound } from '../kafka/errors.ts';
import type { RelayCall, RelayFailure, RelayPoll } from './messages.ts';

/** What a failure was about. */
interface Asked {
  readonly request: RelayCall | RelayPoll;
  readonly brokers: readonly string[];
}

/** The error for what the brokers, or their absence, answered. */
export function failureOf(failure: RelayFailure, asked: Asked): HeadraceError {
  switch (failure.kind) {
    case 'missing':
      return topicNotFound(failure.topic || topicOf(asked), failure.existing);
    case 'exists':
      return topicExists(failure.topic || topicOf(asked));
    case 'refused':
      return new HeadraceError('HR_BROKER_REFUSED', 'The Kafka broker refused the request', {
        why: failure.why.replace(/\.$/, '')
      });
    case 'unreachable':
      return new HeadraceError('HR_BROKER_UNREACHABLE', 'No Kafka broker answers Spark', {
        why: `tried ${asked.brokers.join(', ')}: ${failure.why.replace(/\.$/, '')}`,
        next: 'Check that the brokers run and let Spark in; %provision doctor finds where the way ends.'
      });
    case 'fault':
      return new HeadraceError('HR_INTERNAL', 'The way to Kafka through Spark failed', {
        why: failure.why,
        next: 'This is a fault of Headrace: please report it with the cell that caused it.'
      });
    case 'unsettled':
      return unsettled(failure);
    case 'partition':
      return noPartition(topicOf(asked), failure);
    case 'unsent':
      return unsent(failure, asked);
  }
}

function unsettled({ topics, hides }: Extract<RelayFailure, { kind: 'unsettled' }>): HeadraceError {
  const still = `still ${hides ? 'hides' : 'lists'} ${topics.join(', ')}`;
  return new HeadraceError('HR_TIMEOUT', `The broker ${still} after five seconds`, {
    next: 'Try again.'
  });
}

function noPartition(
  topic: string,
  { partition, count }: Extract<RelayFailure, { kind: 'partition' }>
): HeadraceError {
  return new HeadraceError('HR_USAGE', `The topic ${topic} has no partition ${partition}`, {
    why: `it has ${count}, numbered from 0`
  });
}

/** Records before the first failure are there; those after it may be. */
function unsent(
  { acknowledged, cause }: Extract<RelayFailure, { kind: 'unsent' }>,
  asked: Asked
): HeadraceError {
  const because = failureOf(cause, asked);
  if (acknowledged === 0 && cause.kind === 'refused') return because;
  const { request } = asked;
  const of = 'records' in request ? request.records.length : 0;
  return new HeadraceError(
    because.code,
    `Not all records to ${topicOf(asked)} were acknowledged: ${acknowledged} of ${of}`,
    {
      why: because.why ?? because.message,
      next: 'The others may be in the topic all the same: look with %topic peek before you send them again.',
      cause: because
    }
  );
}

/** The error for a change whose answer was lost, so that nobody knows whether it was made. */
export function lostInTurn(request: RelayCall, cause: unknown): HeadraceError {
  const { code, message, why } = toHeadraceError(cause);
  return new HeadraceError(code, `It is not known whether ${changed(request)}`, {
    why: why === undefined ? message : `${message}: ${why}`,
    next: `Look with ${request.op === 'send' ? '%topic peek' : '%topic list'} before you do it again.`,
    cause
  });
}

function changed(request: RelayCall): string {
  switch (request.op) {
    case 'send': {
      const { length } = request.records;
      return `${length === 1 ? 'the record' : `the ${length} records`} reached ${request.topic}`;
    }
    case 'create':
      return `the topics ${request.topics.map(({ name }) => name).join(', ')} were created`;
    case 'delete':
      return `the topics ${request.topics.join(', ')} were deleted`;
    default:
      return 'the request was answered';
  }
}

function topicOf({ request }: Pick<Asked, 'request'>): string {
  if ('topic' in request) return request.topic;
  if ('positions' in request) return request.positions[0]?.topic ?? 'of this name';
  if (!('topics' in request)) return 'of this name';
  return request.topics.map(one => (typeof one === 'string' ? one : one.name)).join(', ');
}
