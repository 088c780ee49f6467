import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  kafkaAuthOf,
  kafkaAuthRecordSchema,
  type KafkaAuthRecord
} from '../../../src/runtime/kafka/auth-record.ts';
import { failsWith } from '../../fakes/errors.ts';

const FILES: Readonly<Record<string, string>> = {
  '/ca.pem': 'authority',
  '/key.pem': 'key',
  '/cert.pem': 'cert',
  '/password': 'from a file\nnot this'
};
const credentials = () => Promise.resolve({ accessKeyId: 'a', secretAccessKey: 'b' });
const sources = {
  env: { KAFKA_PASSWORD: 'from the environment', EMPTY: '' },
  readFile: (path: string) =>
    path in FILES ? Promise.resolve(FILES[path] ?? '') : Promise.reject(new Error('ENOENT')),
  credentials
};
const resolve = (record: unknown) => kafkaAuthOf(kafkaAuthRecordSchema.parse(record), sources);

describe('Kafka authentication on disk', () => {
  it('becomes one with its secrets', async () => {
    assert.deepEqual(await resolve({ kind: 'none' }), { kind: 'none' });
    assert.deepEqual(await resolve({ kind: 'tls' }), { kind: 'tls' });
    assert.deepEqual(await resolve({ kind: 'tls', ca: '/ca.pem' }), {
      kind: 'tls',
      ca: 'authority'
    });
    assert.deepEqual(await resolve({ kind: 'iam', region: 'eu-west-1' }), {
      kind: 'iam',
      region: 'eu-west-1',
      credentials
    });
    const mtls = { kind: 'mtls', key: '/key.pem', cert: '/cert.pem', ca: '/ca.pem' };
    assert.deepEqual(await resolve(mtls), {
      kind: 'mtls',
      key: 'key',
      cert: 'cert',
      ca: 'authority'
    });
  });

  it('takes a password from a variable or from the first line of a file', async () => {
    const scram = { kind: 'scram', username: 'zoe' };
    const mechanism = 'SCRAM-SHA-512';
    assert.deepEqual(await resolve({ ...scram, password: { env: 'KAFKA_PASSWORD' } }), {
      ...scram,
      mechanism,
      password: 'from the environment'
    });
    assert.deepEqual(await resolve({ ...scram, password: { file: '/password' } }), {
      ...scram,
      mechanism,
      password: 'from a file'
    });
  });

  it('holds no secret', () => {
    const refused: unknown[] = [
      { kind: 'scram', username: 'zoe', password: 'a secret' },
      { kind: 'iam', region: 'eu-west-1', accessKeyId: 'a' },
      { kind: 'iam', region: 'nowhere' },
      { kind: 'mtls', key: '/key.pem' },
      { kind: 'scram', username: 'zoe', password: { env: 'NOT A NAME' } }
    ];
    for (const record of refused)
      assert.equal(kafkaAuthRecordSchema.safeParse(record).success, false, JSON.stringify(record));
  });

  it('says which variable or file is missing', async () => {
    const scram = (password: unknown) => resolve({ kind: 'scram', username: 'zoe', password });
    for (const env of ['MISSING', 'EMPTY'])
      await assert.rejects(scram({ env }), failsWith('HR_USAGE', new RegExp(`${env} is not set`)));
    await assert.rejects(
      scram({ file: '/nothing' }),
      failsWith('HR_FILE', /Cannot read \/nothing \(ENOENT\)/)
    );
    const record: KafkaAuthRecord = { kind: 'tls', ca: '/nothing' };
    await assert.rejects(kafkaAuthOf(record, sources), failsWith('HR_FILE', /nothing/));
  });
});
