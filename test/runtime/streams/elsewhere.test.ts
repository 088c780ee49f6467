import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import type { KafkaAuthRecord } from '../../../src/runtime/kafka/auth-record.ts';
import type { LivyCapabilities } from '../../../src/runtime/livy/port.ts';
import { sparkElsewhere } from '../../../src/runtime/streams/elsewhere.ts';
import { createStreamManager } from '../../../src/runtime/streams/manager.ts';
import type { StreamSpec } from '../../../src/runtime/streams/port.ts';
import { failsWith } from '../../fakes/errors.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { MemoryKafka } from '../../fakes/memory-kafka.ts';
import { ok, ScriptedSession } from '../../fakes/scripted-session.ts';
import { ScriptedSessions } from '../../fakes/scripted-sessions.ts';

const { signal } = new AbortController();
const brokers = ['b-1:9098', 'b-2:9098'];
const file = new URL('../../../spark-jobs/tests/stream_messages.json', import.meta.url);
const messages = JSON.parse(await readFile(file, 'utf8')) as {
  readonly request: { readonly spec: StreamSpec };
  readonly descriptor: object;
};

interface Target {
  readonly auth?: KafkaAuthRecord;
  readonly realTimeMode?: boolean;
  readonly sparkVersion?: string;
}

function elsewhere({ auth, realTimeMode = false, sparkVersion = '3.5.8' }: Target = {}) {
  const capabilities = { realTimeMode, sparkVersion } as LivyCapabilities;
  return sparkElsewhere({
    auth: auth ?? { kind: 'iam', region: 'eu-west-1' },
    brokers,
    groupIdPrefix: 'headrace-nb',
    livy: { capabilities: () => Promise.resolve(capabilities) },
    module: () => Promise.resolve('bring it')
  });
}

/** Starts a stream and gives the request that its session was sent. */
async function requestOf(target: Target | null, checkpointDir: string): Promise<unknown> {
  const session = new ScriptedSession();
  session.answer = () =>
    Promise.resolve(ok({ 'text/plain': JSON.stringify({ ok: messages.descriptor }) }));
  const kafka = new MemoryKafka();
  await kafka.admin.createTopics([{ name: 'words', partitions: 1 }], signal);
  const streams = createStreamManager({
    notebookId: 'nb',
    kafka,
    sessions: new ScriptedSessions(session),
    brokers,
    clock: new ManualClock(),
    checkpointDir,
    ...(target === null ? {} : { elsewhere: elsewhere(target) })
  });
  await streams.start(messages.request.spec, () => undefined, signal);
  await streams.close();
  const [, literal = ''] = /start\((".*")\)$/.exec(session.statements[0]?.code ?? '') ?? [];
  return JSON.parse(String(JSON.parse(literal)));
}

const LOCAL = {
  ...messages.request,
  brokers,
  topics: {
    results: '_headrace.nb.counts.results',
    progress: '_headrace.nb.counts.progress',
    dead: '_headrace.nb.counts.dead'
  },
  checkpoint: '/checkpoints/nb/counts'
};

describe('a stream on Spark elsewhere', () => {
  it('takes the options of Kafka and the reason for micro-batches with it', async () => {
    assert.deepEqual(await requestOf({}, 's3://bucket/checkpoints/'), {
      ...LOCAL,
      checkpoint: 's3://bucket/checkpoints/nb/counts',
      kafka: {
        'kafka.bootstrap.servers': 'b-1:9098,b-2:9098',
        'kafka.security.protocol': 'SASL_SSL',
        'kafka.sasl.mechanism': 'AWS_MSK_IAM',
        'kafka.sasl.jaas.config': 'software.amazon.msk.auth.iam.IAMLoginModule required;',
        'kafka.sasl.client.callback.handler.class':
          'software.amazon.msk.auth.iam.IAMClientCallbackHandler',
        groupIdPrefix: 'headrace-nb'
      },
      realTimeRefusal: 'Spark 3.5.8 does not have it'
    });
  });

  it('says no more than one of this machine where there is no more to say', async () => {
    const same = { auth: { kind: 'none' }, realTimeMode: true } as const;
    assert.deepEqual(await requestOf(same, '/checkpoints'), LOCAL);
    assert.deepEqual(await requestOf(null, '/checkpoints'), LOCAL);
  });

  it('may try real-time mode where the target has it', async () => {
    assert.equal(await elsewhere({ realTimeMode: true }).realTimeRefusal(signal), null);
    assert.equal(
      await elsewhere({ sparkVersion: '' }).realTimeRefusal(signal),
      'the endpoint is not known to have it'
    );
  });

  const secrets: readonly [auth: KafkaAuthRecord, proof: RegExp][] = [
    [
      { kind: 'scram', mechanism: 'SCRAM-SHA-512', username: 'ada', password: { env: 'PASSWORD' } },
      /needs a password, which would be in the statements/
    ],
    [{ kind: 'mtls', key: 'key.pem', cert: 'cert.pem' }, /needs a private key/]
  ];
  for (const [auth, proof] of secrets)
    it(`sends no secret for ${auth.kind}, and starts no session`, async () => {
      await assert.rejects(requestOf({ auth }, '/checkpoints'), failsWith('HR_USAGE', proof));
    });
});
