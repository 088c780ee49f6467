import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Cluster, ClusterState } from '@aws-sdk/client-kafka';
import { describeCluster, waitForCluster } from '../../../../src/runtime/aws/msk/cluster.ts';
import type { MskOperations } from '../../../../src/runtime/aws/msk/operations.ts';
import { enablePublicAccess } from '../../../../src/runtime/aws/msk/public-access.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { VirtualClock } from '../../../fakes/virtual-clock.ts';
import { fakeService, serviceError } from '../control/fake-service.ts';

const ARN = 'arn:aws:kafka:eu-west-1:123456789012:cluster/demo/0d6a2a5e-1';

function info(state: ClusterState, more: Partial<Cluster> = {}, access?: string): Cluster {
  return {
    ClusterArn: ARN,
    ClusterName: 'demo',
    ClusterType: 'PROVISIONED',
    CurrentVersion: 'K1',
    State: state,
    Provisioned: {
      NumberOfBrokerNodes: 3,
      CurrentBrokerSoftwareInfo: { KafkaVersion: '3.9.x.kraft' },
      BrokerNodeGroupInfo: {
        ClientSubnets: [],
        InstanceType: 'kafka.m7g.large',
        ...(access === undefined ? {} : { ConnectivityInfo: { PublicAccess: { Type: access } } })
      }
    },
    ...more
  };
}

/** Each description in turn, the last for ever. */
function clusters(seen: readonly Cluster[]) {
  return (_: unknown, before: number) => {
    const ClusterInfo = seen[Math.min(before, seen.length - 1)];
    return ClusterInfo === undefined ? {} : { ClusterInfo };
  };
}

describe('an MSK cluster', () => {
  it('is described', async () => {
    const msk = fakeService<MskOperations>('kafka', {
      DescribeClusterV2: clusters([info('ACTIVE', {}, 'SERVICE_PROVIDED_EIPS')])
    });
    assert.deepEqual(await describeCluster(msk.send, ARN), {
      arn: ARN,
      name: 'demo',
      kind: 'provisioned',
      state: 'ACTIVE',
      reason: null,
      currentVersion: 'K1',
      kafkaVersion: '3.9.x.kraft',
      brokers: 3,
      publicAccess: true,
      activeOperation: null
    });
    assert.deepEqual(msk.inputsOf('DescribeClusterV2'), [{ ClusterArn: ARN }]);
  });

  it('is waited for until it is active, telling its states', async () => {
    const msk = fakeService<MskOperations>('kafka', {
      DescribeClusterV2: clusters([info('CREATING'), info('CREATING'), info('ACTIVE')])
    });
    const states: string[] = [];
    const clock = new VirtualClock();
    const cluster = await waitForCluster(msk.send, ARN, {
      clock,
      onState: ({ state }) => states.push(state)
    });
    assert.equal(cluster.state, 'ACTIVE');
    assert.deepEqual(states, ['CREATING', 'CREATING', 'ACTIVE']);
  });

  it('that has failed, is deleted, unknown or slow is told as such', async () => {
    const wait = (answer: (input: unknown, before: number) => { ClusterInfo?: Cluster }) =>
      waitForCluster(fakeService<MskOperations>('kafka', { DescribeClusterV2: answer }).send, ARN, {
        clock: new VirtualClock()
      });
    const failed = info('FAILED', { StateInfo: { Code: 'SUBNET', Message: 'No addresses left' } });
    await assert.rejects(
      wait(clusters([failed])),
      failsWith('HR_ENVIRONMENT', /demo has failed \(SUBNET: No addresses left\)/)
    );
    await assert.rejects(
      wait(clusters([info('DELETING')])),
      failsWith('HR_ENVIRONMENT', /being deleted/)
    );
    await assert.rejects(
      wait(() => {
        throw serviceError('NotFoundException', 'no', 404);
      }),
      failsWith('HR_ENVIRONMENT', /There is no MSK cluster named demo/)
    );
    await assert.rejects(
      wait(clusters([info('CREATING')])),
      failsWith('HR_TIMEOUT', /the MSK cluster demo.*75 minutes/)
    );
  });
});

describe('public access to the brokers of MSK', () => {
  const PUBLIC = 'SERVICE_PROVIDED_EIPS';
  const OPERATION = 'arn:aws:kafka:eu-west-1:123456789012:cluster-operation/demo/0d6a2a5e-1/77';

  it('is switched on and waited for', async () => {
    const msk = fakeService<MskOperations>('kafka', {
      DescribeClusterV2: clusters([info('ACTIVE'), info('UPDATING'), info('ACTIVE', {}, PUBLIC)]),
      UpdateConnectivity: () => ({ ClusterOperationArn: OPERATION }),
      DescribeClusterOperationV2: (_, before) => ({
        ClusterOperationInfo: {
          OperationState: before === 0 ? 'UPDATE_IN_PROGRESS' : 'UPDATE_COMPLETE'
        }
      })
    });
    const cluster = await enablePublicAccess(msk.send, ARN, { clock: new VirtualClock() });
    assert.equal(cluster.publicAccess, true);
    assert.deepEqual(msk.inputsOf('UpdateConnectivity'), [
      {
        ClusterArn: ARN,
        CurrentVersion: 'K1',
        ConnectivityInfo: { PublicAccess: { Type: PUBLIC } }
      }
    ]);
    assert.deepEqual(msk.inputsOf('DescribeClusterOperationV2'), [
      { ClusterOperationArn: OPERATION },
      { ClusterOperationArn: OPERATION }
    ]);
  });

  it('that is there is left as it is', async () => {
    const msk = fakeService<MskOperations>('kafka', {
      DescribeClusterV2: clusters([info('ACTIVE', {}, PUBLIC)])
    });
    await enablePublicAccess(msk.send, ARN, { clock: new VirtualClock() });
    assert.equal(msk.calls.length, 1);
  });

  it('goes on with an update that is under way', async () => {
    const updating = info('UPDATING', { ActiveOperationArn: OPERATION });
    const msk = fakeService<MskOperations>('kafka', {
      DescribeClusterV2: clusters([updating, info('ACTIVE', {}, PUBLIC)]),
      DescribeClusterOperationV2: () => ({
        ClusterOperationInfo: { OperationState: 'UPDATE_COMPLETE' }
      })
    });
    await enablePublicAccess(msk.send, ARN, { clock: new VirtualClock() });
    assert.deepEqual(msk.inputsOf('DescribeClusterOperationV2'), [
      { ClusterOperationArn: OPERATION }
    ]);
    assert.deepEqual(msk.inputsOf('UpdateConnectivity'), []);
  });

  it('that MSK does not give is an error with its reason', async () => {
    const msk = fakeService<MskOperations>('kafka', {
      DescribeClusterV2: clusters([info('ACTIVE')]),
      UpdateConnectivity: () => ({ ClusterOperationArn: OPERATION }),
      DescribeClusterOperationV2: () => ({
        ClusterOperationInfo: {
          OperationState: 'UPDATE_FAILED',
          ErrorInfo: { ErrorString: 'The subnets are private' }
        }
      })
    });
    await assert.rejects(
      enablePublicAccess(msk.send, ARN, { clock: new VirtualClock() }),
      failsWith('HR_ENVIRONMENT', /no public addresses \(The subnets are private\)/)
    );
    const serverless = fakeService<MskOperations>('kafka', {
      DescribeClusterV2: clusters([info('ACTIVE', { ClusterType: 'SERVERLESS' })])
    });
    await assert.rejects(
      enablePublicAccess(serverless.send, ARN, { clock: new VirtualClock() }),
      failsWith('HR_USAGE', /it is serverless/)
    );
  });
});
