import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SsmOperations } from '../../../../../src/runtime/aws/emr/ec2/operations.ts';
import { openPortForward } from '../../../../../src/runtime/aws/emr/ec2/port-forward.ts';
import { failsWith } from '../../../../fakes/errors.ts';
import { ManualClock, settle } from '../../../../fakes/manual-clock.ts';
import { VirtualClock } from '../../../../fakes/virtual-clock.ts';
import { fakeService, serviceError } from '../../control/fake-service.ts';
import { fakePlugin, type FakePlugin, type PluginStart } from './fake-plugin.ts';

const VERSION = '1.2.707.0';
const opens = (plugin: PluginStart): void => plugin.say('Port 41234 opened for sessionId s-0.');

function sessions() {
  return fakeService<SsmOperations>('ssm', {
    StartSession: (_, before) => ({
      SessionId: `s-${before}`,
      StreamUrl: `wss://stream/${before}`,
      TokenValue: 'a token'
    }),
    TerminateSession: () => ({})
  });
}

function options(plugin: FakePlugin, more: { ssm?: ReturnType<typeof sessions>['send'] } = {}) {
  let node = 0;
  const reopened: string[] = [];
  return {
    ssm: sessions().send,
    start: plugin.start,
    clock: new VirtualClock(),
    region: 'eu-west-1',
    instance: () => Promise.resolve(`i-${node++}`),
    port: 8998,
    onReopen: (why: string) => reopened.push(why),
    reopened,
    ...more
  };
}

const never = new AbortController().signal;

describe('a port forward through Session Manager', () => {
  it('is the port that the plugin has chosen, with the token out of sight', async () => {
    const plugin = fakePlugin(VERSION, opens);
    const ssm = sessions();
    const forward = await openPortForward(options(plugin, { ssm: ssm.send }), never);
    assert.equal(forward.port, 41234);
    const request = {
      Target: 'i-0',
      DocumentName: 'AWS-StartPortForwardingSession',
      Parameters: { portNumber: ['8998'], localPortNumber: ['0'] }
    };
    assert.deepEqual(ssm.inputsOf('StartSession'), [request]);
    const [start] = plugin.starts;
    assert.deepEqual(start?.args, [
      'AWS_SSM_START_SESSION_RESPONSE',
      'eu-west-1',
      'StartSession',
      '',
      JSON.stringify(request),
      'https://ssm.eu-west-1.amazonaws.com'
    ]);
    const { AWS_SSM_START_SESSION_RESPONSE: response = '' } = start.env;
    assert.deepEqual(JSON.parse(response), {
      SessionId: 's-0',
      StreamUrl: 'wss://stream/0',
      TokenValue: 'a token'
    });
    await forward.close();
    assert.equal(start.stopped, true);
    assert.equal(await forward.ended, null);
    assert.deepEqual(ssm.inputsOf('TerminateSession'), [{ SessionId: 's-0' }]);
  });

  it('is opened again on the same port when it dies, to the node that is there then', async () => {
    const plugin = fakePlugin(VERSION, opens);
    const ssm = sessions();
    const given = options(plugin, { ssm: ssm.send });
    const forward = await openPortForward(given, never);
    plugin.starts[0]?.end(255);
    while (plugin.starts.length < 2) await settle();
    const [, second] = ssm.inputsOf('StartSession');
    assert.deepEqual(second, {
      Target: 'i-1',
      DocumentName: 'AWS-StartPortForwardingSession',
      Parameters: { portNumber: ['8998'], localPortNumber: ['41234'] }
    });
    assert.deepEqual(given.reopened, ['its plugin ended with status 255']);
    await forward.close();
    assert.equal(plugin.starts[1]?.stopped, true);
  });

  it('that dies again and again is given up', async () => {
    const plugin = fakePlugin(VERSION, (start, before) => {
      opens(start);
      if (before > 0) setImmediate(() => start.end(1));
    });
    const forward = await openPortForward(options(plugin), never);
    plugin.starts[0]?.end(null);
    const error = await forward.ended;
    failsWith(
      'HR_PROCESS',
      /port 41234 has died too often \(its plugin ended with status 1\)/
    )(error);
    assert.equal(plugin.starts.length, 4);
  });

  it('that cannot be opened again ends with the reason', async () => {
    const plugin = fakePlugin(VERSION, opens);
    const ssm = fakeService<SsmOperations>('ssm', {
      StartSession: (_, before) => {
        if (before > 0) throw serviceError('TargetNotConnected', 'i-1 is not connected.');
        return { SessionId: 's-0' };
      },
      TerminateSession: () => ({})
    });
    const forward = await openPortForward(options(plugin, { ssm: ssm.send }), never);
    plugin.starts[0]?.end(1);
    failsWith('HR_AWS_REFUSED', /ssm:StartSession.*not connected/)(await forward.ended);
  });

  it('needs the plugin, and one that is not too old', async () => {
    const none = fakePlugin(null, opens);
    await assert.rejects(
      openPortForward(options(none), never),
      failsWith('HR_PROCESS', /session-manager-plugin is not installed.*Install it: https:/)
    );
    for (const version of ['1.2.463.0', '1.1.900.0', 'no number'])
      await assert.rejects(
        openPortForward(options(fakePlugin(version, opens)), never),
        failsWith('HR_PROCESS', /too old.*1\.2\.497 is needed/)
      );
    for (const version of ['1.2.497.0', '1.3.0.0', '2.0.0.0']) {
      const forward = await openPortForward(options(fakePlugin(version, opens)), never);
      await forward.close();
    }
  });

  it('to an instance that does not answer is an error with the last words of the plugin', async () => {
    const ssm = sessions();
    const ends = fakePlugin(VERSION, plugin => {
      plugin.say('Setting up data channel with id s-0 failed.');
      plugin.end(255);
    });
    await assert.rejects(
      openPortForward(options(ends, { ssm: ssm.send }), never),
      failsWith('HR_ENVIRONMENT', /Setting up data channel.*AmazonSSMManagedInstanceCore/)
    );
    assert.deepEqual(ssm.inputsOf('TerminateSession'), [{ SessionId: 's-0' }]);
    const silent = fakePlugin(VERSION, () => undefined);
    await assert.rejects(
      openPortForward(options(silent), never),
      failsWith('HR_ENVIRONMENT', /does not answer through Session Manager/)
    );
    assert.equal(silent.starts[0]?.stopped, true);
  });

  it('can be interrupted while it is opened', async () => {
    const plugin = fakePlugin(VERSION, () => undefined);
    const abort = new AbortController();
    const given = { ...options(plugin), clock: new ManualClock() };
    const opening = openPortForward(given, abort.signal);
    while (plugin.starts.length < 1) await settle();
    abort.abort();
    await assert.rejects(opening, failsWith('HR_INTERRUPTED', /./));
    assert.equal(plugin.starts[0]?.stopped, true);
  });

  it('can be closed while it waits to be opened again', async () => {
    const plugin = fakePlugin(VERSION, opens);
    const given = { ...options(plugin), clock: new ManualClock() };
    const forward = await openPortForward(given, never);
    plugin.starts[0]?.end(1);
    while (given.reopened.length < 1) await settle();
    await forward.close();
    assert.equal(await forward.ended, null);
    assert.equal(plugin.starts.length, 1);
  });
});
