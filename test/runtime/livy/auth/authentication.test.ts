import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock } from '../../../../src/runtime/clock.ts';
import { authenticationOf } from '../../../../src/runtime/livy/auth/authentication.ts';
import { createTargetClient } from '../../../../src/runtime/livy/target-client.ts';
import { livyTargetSchema } from '../../../../src/runtime/livy/target.ts';
import { emrServerless } from '../../../conformance/replay/profiles.ts';
import { ReplayServer } from '../../../conformance/replay/replay-server.ts';
import { TEST_KEYS } from '../../../conformance/replay/signature.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { ManualClock } from '../../../fakes/manual-clock.ts';

const request = {
  method: 'POST',
  url: new URL('https://app.livy.emr-serverless-services.eu-west-1.amazonaws.com/sessions?from=0'),
  headers: { accept: 'application/json' },
  body: '{"kind":"pyspark"}'
};

describe('authentication', () => {
  it('adds what the target asks for', async () => {
    const headers = (auth: Parameters<typeof authenticationOf>[0]) =>
      authenticationOf(auth, systemClock).headers(request);
    assert.deepEqual(await headers({ kind: 'none' }), {});
    assert.deepEqual(await headers({ kind: 'bearer', token: 't' }), { authorization: 'Bearer t' });
    assert.deepEqual(await headers({ kind: 'basic', user: 'zoë', password: 'a:b' }), {
      authorization: `Basic ${Buffer.from('zoë:a:b').toString('base64')}`
    });
  });

  it('signs at the time of the request, with the session token', async () => {
    const clock = new ManualClock(Date.UTC(2026, 0, 2, 3, 4, 5));
    const auth = authenticationOf({ kind: 'sigv4', region: 'eu-west-1' }, clock, () =>
      Promise.resolve(TEST_KEYS)
    );
    const signed = await auth.headers(request);
    assert.equal(signed['x-amz-date'], '20260102T030405Z');
    assert.equal(signed['x-amz-security-token'], TEST_KEYS.sessionToken);
    assert.match(
      signed['authorization'] ?? '',
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20260102\/eu-west-1\/emr-serverless\/aws4_request/
    );
  });

  it('needs a source of credentials, and says what to do when that has none', async () => {
    const target = { kind: 'sigv4', region: 'eu-west-1' } as const;
    assert.throws(
      () => authenticationOf(target, systemClock),
      failsWith('HR_USAGE', /needs AWS credentials/)
    );
    const auth = authenticationOf(target, systemClock, () =>
      Promise.reject(new Error('The SSO session has expired\nlong advice'))
    );
    await assert.rejects(
      auth.headers(request),
      failsWith('HR_LIVY_REFUSED', /SSO session has expired.*aws sso login/)
    );
  });

  it('with wrong keys is refused, with a hint', async test => {
    const server = new ReplayServer(emrServerless);
    await server.listen();
    test.after(() => server.close());
    const { type, auth } = emrServerless;
    const target = livyTargetSchema.parse({ url: server.url, type, auth });
    const keys = { ...TEST_KEYS, secretAccessKey: 'another secret' };
    const credentials = () => Promise.resolve(keys);
    const livy = createTargetClient(target, { clock: systemClock, credentials });
    await assert.rejects(
      livy.listSessions(),
      failsWith('HR_LIVY_REFUSED', /Forbidden.*Check the credentials/)
    );
  });
});
