import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import aws4 from 'aws4';
import fc from 'fast-check';
import { iamTokenProvider } from '../../../../src/runtime/aws/auth/iam-token.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { ManualClock } from '../../../fakes/manual-clock.ts';

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

const KEYS: Keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a secret of the tests' };
const START = Date.UTC(2026, 10, 29, 3, 4, 5);

const urlOf = (token: string): URL => new URL(Buffer.from(token, 'base64url').toString('utf8'));

/** The signature that another implementation computes for the same request. */
function signatureOf(url: URL, keys: Keys, region: string): string {
  const query = new URLSearchParams(url.search);
  query.delete('X-Amz-Signature');
  query.delete('User-Agent');
  const text = [...query].map(pair => pair.map(encodeURIComponent).join('=')).join('&');
  const request = {
    service: 'kafka-cluster',
    region,
    host: url.host,
    method: 'GET',
    path: `/?${text}`,
    signQuery: true
  };
  const { path = '' } = aws4.sign(request, keys);
  return new URL(path, url).searchParams.get('X-Amz-Signature') ?? 'none';
}

function provider(clock: ManualClock, keys: () => Promise<Keys>, region = 'eu-west-1') {
  return iamTokenProvider({ region, credentials: keys, clock });
}

describe('the token for MSK with IAM', () => {
  it('is a presigned request to connect, valid for 900 seconds', async () => {
    const token = await provider(new ManualClock(START), () => Promise.resolve(KEYS))();
    assert.match(token, /^[A-Za-z0-9_-]+$/);
    const url = urlOf(token);
    assert.equal(url.origin + url.pathname, 'https://kafka.eu-west-1.amazonaws.com/');
    const { 'X-Amz-Signature': signature, ...query } = Object.fromEntries(url.searchParams);
    assert.deepEqual(query, {
      Action: 'kafka-cluster:Connect',
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIDEXAMPLE/20261129/eu-west-1/kafka-cluster/aws4_request',
      'X-Amz-Date': '20261129T030405Z',
      'X-Amz-Expires': '900',
      'X-Amz-SignedHeaders': 'host',
      'User-Agent': 'headrace'
    });
    assert.equal(signature, signatureOf(url, KEYS, 'eu-west-1'));
  });

  it('has the signature that another implementation computes, whatever the keys', async () => {
    const text = fc.string({ minLength: 1, maxLength: 40 });
    const keys = fc.record({
      accessKeyId: fc.stringMatching(/^[A-Z0-9]{16,20}$/),
      secretAccessKey: text,
      sessionToken: text
    });
    const region = fc.constantFrom('eu-west-1', 'us-gov-east-1', 'cn-north-1');
    await fc.assert(
      fc.asyncProperty(keys, region, async (keys, region) => {
        const token = await provider(new ManualClock(START), () => Promise.resolve(keys), region)();
        const url = urlOf(token);
        assert.equal(url.searchParams.get('X-Amz-Security-Token'), keys.sessionToken);
        assert.equal(url.searchParams.get('X-Amz-Signature'), signatureOf(url, keys, region));
      }),
      { numRuns: 30 }
    );
  });

  it('is shared until three minutes before its end, and then made anew once', async () => {
    const clock = new ManualClock(START);
    let asked = 0;
    const token = provider(clock, () => {
      asked += 1;
      return Promise.resolve(KEYS);
    });
    const [first, second] = await Promise.all([token(), token()]);
    assert.equal(first, second);
    await clock.advance(719_000);
    assert.equal(await token(), first);
    assert.equal(asked, 1);
    await clock.advance(1_000);
    const [third, fourth] = await Promise.all([token(), token()]);
    assert.equal(third, fourth);
    assert.notEqual(third, first);
    assert.equal(asked, 2);
  });

  it('ends with the keys that signed it', async () => {
    const clock = new ManualClock(START);
    const lives = [10, 60].map(minutes => new Date(START + minutes * 60_000));
    let asked = 0;
    const token = provider(clock, () => {
      const expiration = lives[asked++];
      return Promise.resolve(expiration === undefined ? KEYS : { ...KEYS, expiration });
    });
    const first = await token();
    await clock.advance(6 * 60_000);
    assert.equal(await token(), first);
    await clock.advance(2 * 60_000);
    assert.notEqual(await token(), first);
  });

  it('says what to do without credentials, and tries again the next time', async () => {
    const error = Object.assign(new Error('The SSO session has expired'), {
      name: 'CredentialsProviderError'
    });
    let asked = 0;
    const token = provider(new ManualClock(START), () =>
      asked++ === 0 ? Promise.reject(error) : Promise.resolve(KEYS)
    );
    await assert.rejects(token(), failsWith('HR_AWS_CREDENTIALS', /expired.*aws sso login/));
    assert.ok(urlOf(await token()).searchParams.has('X-Amz-Signature'));
  });
});
