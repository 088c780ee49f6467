import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createLocalStack } from '../../src/local/client.ts';
import { createKafka } from '../../src/runtime/kafka/client.ts';
import type { KafkaPort } from '../../src/runtime/kafka/port.ts';
import { brokerTopics } from '../fakes/aws/broker-topics.ts';
import { startAws, type FakeAws } from '../fakes/aws/server/start.ts';
import { executeToPage, tableOf, withExamples, writeNotebook } from './run-notebook.ts';

const never = new AbortController().signal;

/**
 * The whole way on AWS, from a notebook in a kernel of its own. The account is a fake one whose MSK cluster has the
 * brokers of the local stack, and whose EMR Serverless application has its gateway behind a check of each signature.
 */
describe('a notebook on AWS', () => {
  const stack = createLocalStack({ env: process.env });
  const kept = { ...process.env };
  let aws: FakeAws;
  let config = '';
  let kafka: KafkaPort;

  before(async () => {
    config = await mkdtemp(path.join(os.tmpdir(), 'headrace-config-'));
    const { brokers, livyUrl, livyToken } = await stack.ensure(() => undefined, never);
    kafka = createKafka({ brokers });
    aws = await startAws({
      brokers,
      topics: brokerTopics(kafka.admin),
      brokersSpeakTls: false,
      livy: { url: livyUrl, token: livyToken, buckets: path.join(config, 'buckets') }
    });
    Object.assign(process.env, aws.env, {
      HEADRACE_CONFIG: config,
      HEADRACE_LIVY_SERVERLESS_URL: aws.livyUrl('{application}')
    });
  });
  after(async () => {
    process.env = kept;
    await stack.release();
    await aws.close();
    await kafka.close();
    await rm(config, { recursive: true, force: true });
  });

  it('plans, makes, streams, asks, and leaves nothing behind', async () => {
    await withExamples(async folder => {
      const name = 'on-aws.ipynb';
      await writeNotebook(path.join(folder, name), [
        `%provision aws --plan --name mill --region ${aws.region} --kafka-auth none --ttl 2h`,
        '%provision aws --apply mill',
        '%topic create aws-words --partitions 2',
        '%%produce --topic aws-words\nthe wheel turns and the water runs\nthe gate is open',
        '%stream wordcount --topic aws-words --as awscounts --from earliest --follow',
        '%sql SELECT word, n FROM awscounts ORDER BY n DESC, word LIMIT 3',
        `%provision aws --status --name mill --region ${aws.region}`,
        '%stop awscounts --purge',
        '%topic delete aws-words',
        '%provision aws --destroy mill'
      ]);
      const page = await executeToPage(folder, name);
      assert.match(page, /AWS::MSK::Cluster/);
      assert.deepEqual(tableOf(page, ['word', 'n']), [
        ['the', '3'],
        ['and', '1'],
        ['gate', '1']
      ]);
      assert.deepEqual(
        [...aws.world.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE'),
        []
      );
      assert.ok(
        aws.calls.some(({ service }) => service === 'livy'),
        'Spark was asked by signed calls'
      );
    });
  });

  it('reaches brokers through Spark that do not answer here, and views move all the same', async () => {
    process.env['HEADRACE_REACH'] = 'relay';
    await withExamples(async folder => {
      const name = 'through-spark.ipynb';
      await writeNotebook(path.join(folder, name), [
        `%provision aws --apply weir --region ${aws.region} --kafka-auth none --ttl 2h`,
        '%topic create weir-words --partitions 2',
        '%%produce --topic weir-words\nthe wheel turns and the water runs\nthe gate is open',
        '%topic peek weir-words',
        '%stream wordcount --topic weir-words --as weircounts --from earliest --follow',
        '%sql SELECT word, n FROM weircounts ORDER BY n DESC, word LIMIT 2',
        '%session list',
        '%stop weircounts --purge',
        '%topic delete weir-words',
        '%provision aws --destroy weir'
      ]);
      const page = await executeToPage(folder, name);
      assert.match(page, /go through a small Spark session, relay/);
      assert.match(page, /the gate is open/);
      assert.match(page, /relay carries topics, records and results/);
      assert.deepEqual(tableOf(page, ['word', 'n']), [
        ['the', '3'],
        ['and', '1']
      ]);
      const topics = aws.calls.filter(({ action }) => /^(Create|Delete)Topic$/.test(action));
      assert.ok(topics.length >= 4, 'topics were made and deleted by the API of MSK');
      assert.deepEqual(
        (await kafka.admin.listTopics()).filter(topic => topic.includes('weir')),
        []
      );
    });
  });
});
