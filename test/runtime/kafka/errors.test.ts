import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultipleErrors, NetworkError, ProtocolError, UserError } from '@platformatic/kafka';
import { HeadraceError } from '../../../src/shared/errors.ts';
import { saysTopicIsGone, toKafkaError, topicNotFound } from '../../../src/runtime/kafka/errors.ts';

const CALL = { brokers: ['127.0.0.1:9'], topic: 'words' };

function nested(error: Error): Error {
  return new MultipleErrors('failed twice', [new MultipleErrors('inner', [error])]);
}

describe('errors of the Kafka client', () => {
  it('pass unchanged when they are of this project', () => {
    const error = new HeadraceError('HR_USAGE', 'x');
    assert.equal(toKafkaError(error, CALL), error);
  });

  it('are found inside wrappers', () => {
    const codes = [
      new ProtocolError('UNKNOWN_TOPIC_OR_PARTITION'),
      new ProtocolError('TOPIC_ALREADY_EXISTS'),
      new ProtocolError('MESSAGE_TOO_LARGE'),
      new NetworkError('Connection closed'),
      new UserError('Unknown topic words.')
    ].map(error => toKafkaError(nested(error), CALL).code);
    assert.deepEqual(codes, [
      'HR_TOPIC_NOT_FOUND',
      'HR_TOPIC_EXISTS',
      'HR_BROKER_REFUSED',
      'HR_BROKER_UNREACHABLE',
      'HR_TOPIC_NOT_FOUND'
    ]);
  });

  it('say which brokers were tried', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    assert.match(toKafkaError(refused, CALL).line, /tried 127\.0\.0\.1:9/);
  });

  it('say what to do about the local stack, or what they are told to say', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    assert.equal(
      toKafkaError(refused, CALL).next,
      'Run %provision again, or check that the brokers are up and can be reached from here.'
    );
    assert.equal(toKafkaError(refused, { ...CALL, hint: 'Look there.' }).next, 'Look there.');
  });

  it('end as HR_INTERNAL where nothing is known, whatever was thrown', () => {
    for (const thrown of [new Error('odd'), 'text', undefined, 7])
      assert.equal(toKafkaError(thrown, CALL).code, 'HR_INTERNAL');
  });

  it('tell a missing topic from other failures', () => {
    assert.ok(saysTopicIsGone(new ProtocolError('UNKNOWN_TOPIC_ID')));
    assert.ok(!saysTopicIsGone(new ProtocolError('NOT_LEADER_OR_FOLLOWER')));
  });
});

describe('a topic that does not exist', () => {
  it('is answered with the nearest name', () => {
    assert.match(topicNotFound('wrods', ['words', 'hits']).line, /Did you mean words\?$/);
  });

  it('is answered with the way to create it where no name is near', () => {
    const line = topicNotFound('words', ['blog-replay', '_headrace.a.words.dead']).line;
    assert.match(line, /Create it with %topic create words\.$/);
  });
});
