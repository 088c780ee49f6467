import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Cluster } from '@aws-sdk/client-emr';
import { openEmrLivy } from '../../../../../src/runtime/aws/emr/ec2/livy.ts';
import type {
  EmrOperations,
  SsmOperations
} from '../../../../../src/runtime/aws/emr/ec2/operations.ts';
import { primaryNode } from '../../../../../src/runtime/aws/emr/ec2/primary-node.ts';
import { failsWith } from '../../../../fakes/errors.ts';
import { VirtualClock } from '../../../../fakes/virtual-clock.ts';
import { fakeService } from '../../control/fake-service.ts';
import { fakePlugin } from './fake-plugin.ts';

function cluster(found: Cluster, instances: readonly string[] = ['i-1', 'i-2']) {
  return fakeService<EmrOperations>('elasticmapreduce', {
    DescribeCluster: () => ({ Cluster: found }),
    ListInstances: () => ({
      Instances: instances.map(Ec2InstanceId => ({ Ec2InstanceId, PrivateDnsName: 'ip-10-0-0-1' }))
    })
  });
}

const up = (state: 'RUNNING' | 'WAITING'): Cluster => ({ Id: 'j-1', Status: { State: state } });

describe('the primary node of an EMR cluster', () => {
  it('is found among groups and among fleets', async () => {
    const groups = cluster(up('WAITING'));
    const node = { instance: 'i-1', host: 'ip-10-0-0-1' };
    assert.deepEqual(await primaryNode(groups.send, 'j-1'), node);
    assert.deepEqual(groups.calls, [
      { operation: 'DescribeCluster', input: { ClusterId: 'j-1' } },
      {
        operation: 'ListInstances',
        input: { ClusterId: 'j-1', InstanceGroupTypes: ['MASTER'], InstanceStates: ['RUNNING'] }
      }
    ]);
    const fleets = cluster({ ...up('RUNNING'), InstanceCollectionType: 'INSTANCE_FLEET' });
    assert.deepEqual(await primaryNode(fleets.send, 'j-1'), node);
    assert.deepEqual(fleets.inputsOf('ListInstances'), [
      { ClusterId: 'j-1', InstanceFleetType: 'MASTER', InstanceStates: ['RUNNING'] }
    ]);
  });

  it('of a cluster that is not up is an error that says what to do', async () => {
    await assert.rejects(
      primaryNode(cluster({ Status: { State: 'BOOTSTRAPPING' } }).send, 'j-1'),
      failsWith('HR_ENVIRONMENT', /j-1 is not up: bootstrapping\. Wait/)
    );
    const StateChangeReason = { Message: 'Idle for one hour.' };
    await assert.rejects(
      primaryNode(cluster({ Status: { State: 'TERMINATED', StateChangeReason } }).send, 'j-1'),
      failsWith('HR_ENVIRONMENT', /terminated \(Idle for one hour\)\. Make it again/)
    );
    await assert.rejects(
      primaryNode(cluster(up('RUNNING'), []).send, 'j-1'),
      failsWith('HR_ENVIRONMENT', /no primary node/)
    );
  });
});

describe('Livy of an EMR cluster', () => {
  it('is a port of this machine as long as it is open', async () => {
    const plugin = fakePlugin('1.2.707.0', start =>
      start.say('Port 40001 opened for sessionId s.')
    );
    const ssm = fakeService<SsmOperations>('ssm', {
      StartSession: () => ({ SessionId: 's' }),
      TerminateSession: () => ({})
    });
    const livy = await openEmrLivy(
      {
        emr: cluster(up('WAITING')).send,
        ssm: ssm.send,
        start: plugin.start,
        clock: new VirtualClock(),
        region: 'eu-west-1',
        cluster: 'j-1',
        release: 'emr-7.14.0',
        conf: { 'spark.jars': 's3://demo/a.jar' }
      },
      new AbortController().signal
    );
    assert.deepEqual(livy.target, {
      url: 'http://127.0.0.1:40001',
      type: 'emr-ec2',
      auth: { kind: 'none' },
      conf: { 'spark.jars': 's3://demo/a.jar' },
      overrides: { sparkVersion: '3.5.8', scalaVersion: '2.12', realTimeMode: false }
    });
    assert.deepEqual(ssm.inputsOf('StartSession'), [
      {
        Target: 'i-1',
        DocumentName: 'AWS-StartPortForwardingSession',
        Parameters: { portNumber: ['8998'], localPortNumber: ['0'] }
      }
    ]);
    await livy.close();
    assert.equal(await livy.ended, null);
  });
});
