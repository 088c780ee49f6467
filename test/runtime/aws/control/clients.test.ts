import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { awsAccount } from '../../../../src/runtime/aws/control/account.ts';
import { awsClients } from '../../../../src/runtime/aws/control/clients.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { isolateSdk, queryServer, result } from './query-server.ts';

const NEVER = new AbortController().signal;

describe('clients of the SDK', () => {
  it('are made once, for the region', async () => {
    isolateSdk('http://127.0.0.1:9');
    const clients = awsClients({ region: 'eu-west-1', env: {} });
    assert.equal(await clients.ec2(), await clients.ec2());
    assert.equal(await (await clients.kafka()).config.region(), 'eu-west-1');
    // The prices of all regions are asked for in one.
    assert.equal(await (await clients.pricing()).config.region(), 'us-east-1');
    clients.close();
  });

  it('name buckets in the path only where something else stands for S3', async () => {
    for (const [env, inPath] of [
      [{}, false],
      [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }, true],
      [{ AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9' }, true]
    ] as const) {
      const clients = awsClients({ region: 'eu-west-1', env });
      assert.equal((await clients.s3()).config.forcePathStyle, inPath);
      clients.close();
    }
  });

  it('without credentials say how to get some', async t => {
    const server = await queryServer(action => result(action));
    isolateSdk(server.url);
    delete process.env['AWS_ACCESS_KEY_ID'];
    const clients = awsClients({ region: 'eu-west-1', maxAttempts: 1 });
    t.after(async () => {
      clients.close();
      await server.close();
    });
    await assert.rejects(
      awsAccount(clients).caller(NEVER),
      failsWith('HR_AWS_CREDENTIALS', /^There are no AWS credentials .*aws sso login/)
    );
  });

  it('end a request by the signal', async t => {
    const stop = new AbortController();
    const server = await queryServer(action => {
      stop.abort();
      return result(action);
    });
    isolateSdk(server.url);
    const clients = awsClients({ region: 'eu-west-1', maxAttempts: 1 });
    t.after(async () => {
      clients.close();
      await server.close();
    });
    await assert.rejects(
      awsAccount(clients).caller(stop.signal),
      failsWith('HR_INTERRUPTED', /a request to AWS/)
    );
  });
});

describe('the account', () => {
  it('reads the account, its zones and what they offer', async t => {
    const server = await queryServer((action, fields) => {
      if (action === 'GetCallerIdentity')
        return result(
          action,
          '<Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/ada</Arn>'
        );
      const zone = (name: string, type: string) =>
        `<item><zoneName>${name}</zoneName><zoneId>id-${name}</zoneId><zoneType>${type}</zoneType></item>`;
      if (action === 'DescribeAvailabilityZones')
        return {
          body: `<${action}Response><availabilityZoneInfo>${zone('a', 'availability-zone')}${zone('b', 'local-zone')}</availabilityZoneInfo></${action}Response>`
        };
      const offer = (type: string, location: string) =>
        `<item><instanceType>${type}</instanceType><location>${location}</location></item>`;
      const second = fields.has('NextToken');
      const offers = second ? offer('m', 'a') : `${offer('t', 'a')}${offer('t', 'b')}`;
      const token = second ? '' : '<nextToken>2</nextToken>';
      return {
        body: `<${action}Response><instanceTypeOfferingSet>${offers}</instanceTypeOfferingSet>${token}</${action}Response>`
      };
    });
    isolateSdk(server.url);
    const clients = awsClients({ region: 'eu-west-1', maxAttempts: 1 });
    t.after(async () => {
      clients.close();
      await server.close();
    });
    const account = awsAccount(clients);
    assert.deepEqual(await account.caller(NEVER), {
      account: '123456789012',
      arn: 'arn:aws:iam::123456789012:user/ada'
    });
    assert.deepEqual(await account.zones(NEVER), [{ name: 'a', id: 'id-a' }]);
    assert.deepEqual([...(await account.offering(['t', 'm'], NEVER))], ['a']);
  });
});
