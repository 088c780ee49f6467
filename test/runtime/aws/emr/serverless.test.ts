import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Application, ApplicationState } from '@aws-sdk/client-emr-serverless';
import {
  startApplication,
  stopApplication
} from '../../../../src/runtime/aws/emr/serverless/application.ts';
import type { EmrServerlessOperations } from '../../../../src/runtime/aws/emr/serverless/operations.ts';
import { livyTarget } from '../../../../src/runtime/aws/emr/serverless/target.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { VirtualClock } from '../../../fakes/virtual-clock.ts';
import { fakeService, serviceError } from '../control/fake-service.ts';

const ID = '00f1abcdefgh0001';

/** An application whose states come one after the other, the last for ever. */
function application(states: readonly ApplicationState[], details = '') {
  const at = new Date(0);
  return fakeService<EmrServerlessOperations>('emr-serverless', {
    GetApplication: (_, before) => {
      const application: Application = {
        applicationId: ID,
        name: 'demo',
        arn: 'arn',
        type: 'SPARK',
        releaseLabel: 'emr-7.14.0',
        state: states[Math.min(before, states.length - 1)],
        stateDetails: details,
        createdAt: at,
        updatedAt: at
      };
      return { application };
    },
    StartApplication: () => ({}),
    StopApplication: () => ({})
  });
}

const operations = ({ calls }: ReturnType<typeof application>) =>
  calls.map(({ operation }) => operation).filter(operation => operation !== 'GetApplication');

describe('an EMR Serverless application', () => {
  it('is started once and waited for', async () => {
    const emr = application(['CREATING', 'CREATED', 'CREATED', 'STARTING', 'STARTED']);
    const states: string[] = [];
    const onState = ({ state }: { state: string }) => states.push(state);
    const seen = await startApplication(emr.send, ID, { clock: new VirtualClock(), onState });
    assert.deepEqual(seen, {
      id: ID,
      name: 'demo',
      release: 'emr-7.14.0',
      state: 'STARTED',
      reason: null,
      livy: false
    });
    assert.deepEqual(emr.inputsOf('StartApplication'), [{ applicationId: ID }]);
    assert.deepEqual(states, ['CREATING', 'CREATED', 'CREATED', 'STARTING', 'STARTED']);
  });

  it('that is started is left alone; one that stops is started after that', async () => {
    const started = application(['STARTED']);
    await startApplication(started.send, ID, { clock: new VirtualClock() });
    assert.deepEqual(operations(started), []);
    const stopping = application(['STOPPING', 'STOPPED', 'STARTING', 'STARTED'], 'auto-stopped');
    await startApplication(stopping.send, ID, { clock: new VirtualClock() });
    assert.deepEqual(operations(stopping), ['StartApplication']);
  });

  it('that cannot start says why', async () => {
    const emr = application(['CREATED', 'STARTING', 'STOPPED'], 'No free addresses in the subnet.');
    await assert.rejects(
      startApplication(emr.send, ID, { clock: new VirtualClock() }),
      failsWith('HR_ENVIRONMENT', /demo is stopped again \(No free addresses in the subnet\)/)
    );
    await assert.rejects(
      startApplication(application(['TERMINATED']).send, ID, { clock: new VirtualClock() }),
      failsWith('HR_ENVIRONMENT', /demo is deleted/)
    );
    await assert.rejects(
      startApplication(application(['STOPPED', 'STARTING']).send, ID, {
        clock: new VirtualClock(),
        limitMs: 60_000
      }),
      failsWith('HR_TIMEOUT', /to be started/)
    );
  });

  it('is stopped and waited for', async () => {
    const emr = application(['STARTED', 'STOPPING', 'STOPPED']);
    const { state } = await stopApplication(emr.send, ID, { clock: new VirtualClock() });
    assert.equal(state, 'STOPPED');
    assert.deepEqual(emr.inputsOf('StopApplication'), [{ applicationId: ID }]);
    const never = application(['CREATED']);
    await stopApplication(never.send, ID, { clock: new VirtualClock() });
    assert.deepEqual(operations(never), []);
  });

  it('that still works is not stopped', async () => {
    const busy = application(['STARTED']);
    const emr = fakeService<EmrServerlessOperations>('emr-serverless', {
      GetApplication: () => busy.send('GetApplication', { applicationId: ID }) as never,
      StopApplication: () => {
        throw serviceError('ConflictException', 'A job runs.', 409);
      }
    });
    await assert.rejects(
      stopApplication(emr.send, ID, { clock: new VirtualClock() }),
      failsWith('HR_AWS_REFUSED', /A job runs/)
    );
  });
});

describe('the Livy endpoint of an EMR Serverless application', () => {
  const options = {
    application: ID,
    region: 'eu-west-1',
    executionRoleArn: 'arn:aws:iam::123456789012:role/headrace-demo-spark'
  };

  it('is a target whose requests are signed', () => {
    assert.deepEqual(livyTarget(options), {
      url: `https://${ID}.livy.emr-serverless-services.eu-west-1.amazonaws.com`,
      type: 'emr-serverless',
      auth: { kind: 'sigv4', region: 'eu-west-1' },
      conf: { 'emr-serverless.session.executionRoleArn': options.executionRoleArn },
      overrides: {}
    });
  });

  it('knows its release and its connectors, and may be somewhere else', () => {
    const target = livyTarget({
      ...options,
      region: 'cn-north-1',
      release: 'emr-spark-8.1.0',
      conf: { 'spark.jars': 's3://demo/a.jar' }
    });
    assert.match(target.url, /\.cn-north-1\.amazonaws\.com\.cn$/);
    assert.deepEqual(target.conf, {
      'spark.jars': 's3://demo/a.jar',
      'emr-serverless.session.executionRoleArn': options.executionRoleArn
    });
    assert.deepEqual(target.overrides, {
      sparkVersion: '4.1.1',
      scalaVersion: '2.13',
      realTimeMode: true,
      ttl: true
    });
    assert.equal(livyTarget({ ...options, url: 'http://127.0.0.1:1' }).url, 'http://127.0.0.1:1');
  });
});
