import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Pace } from '../../../../src/runtime/aws/control/patience.ts';
import { bucketCleaner } from '../../../../src/runtime/aws/engine/cleaners/bucket.ts';
import { emrClusterCleaner } from '../../../../src/runtime/aws/engine/cleaners/emr-cluster.ts';
import { emrServerlessCleaner } from '../../../../src/runtime/aws/engine/cleaners/emr-serverless.ts';
import type {
  CleaningScene,
  OwnNetwork
} from '../../../../src/runtime/aws/engine/cleaners/port.ts';
import { virtualClusterCleaner } from '../../../../src/runtime/aws/engine/cleaners/virtual-cluster.ts';
import type { Layer } from '../../../../src/runtime/aws/environment/spec.ts';
import { scriptedClients, serviceError } from '../../../fakes/aws/scripted-clients.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { VirtualClock } from '../../../fakes/virtual-clock.ts';
import { NAME, NEVER } from './scene.ts';

const NOTHING: OwnNetwork = { vpc: null, declared: new Set(), groups: [] };

function sceneOf(layer: Layer, type: string, physicalId: string): CleaningScene {
  const resource = {
    logicalId: 'Thing',
    physicalId,
    type,
    status: 'CREATE_COMPLETE',
    reason: null
  };
  return { environment: NAME, layer, resources: [resource], network: NOTHING, thorough: false };
}

function pace(): Pace {
  return { clock: new VirtualClock(), random: () => 0.5 };
}

describe('the EMR Serverless cleaner', () => {
  const application = sceneOf('spark', 'AWS::EMRServerless::Application', 'app-1');

  it('cancels the jobs, stops the application and waits', async () => {
    let looks = 0;
    let stops = 0;
    const { clients, operations, inputsOf } = scriptedClients({
      'emr-serverless:GetApplication': () => {
        looks += 1;
        return { application: { state: stops >= 2 ? 'STOPPED' : 'STARTED' } };
      },
      'emr-serverless:ListJobRuns': ({ nextToken }) =>
        nextToken === undefined
          ? { jobRuns: [{ id: 'job-1' }], nextToken: 'more' }
          : { jobRuns: [{ id: 'job-2' }] },
      'emr-serverless:StopApplication': () => {
        stops += 1;
        // Jobs take a moment to end.
        if (stops === 1) throw serviceError('ValidationException', 'jobs are running');
        return {};
      }
    });
    const did = await emrServerlessCleaner(clients, pace()).clean(application, NEVER);
    assert.deepEqual(did, [
      'Stopped the EMR Serverless application app-1 after cancelling 2 jobs.'
    ]);
    assert.deepEqual(
      inputsOf('emr-serverless:CancelJobRun').map(input => input['jobRunId']),
      ['job-1', 'job-2']
    );
    assert.equal(operations().filter(one => one === 'emr-serverless:StopApplication').length, 2);
    assert.ok(looks >= 3);
  });

  for (const state of ['STOPPED', 'TERMINATED', 'CREATED'])
    it(`leaves one that is ${state}`, async () => {
      const { clients, operations } = scriptedClients({
        'emr-serverless:GetApplication': () => ({ application: { state } })
      });
      assert.deepEqual(await emrServerlessCleaner(clients, pace()).clean(application, NEVER), []);
      assert.deepEqual(operations(), ['emr-serverless:GetApplication']);
    });

  it('is content with one that is gone', async () => {
    const { clients } = scriptedClients({
      'emr-serverless:GetApplication': () => {
        throw serviceError('ResourceNotFoundException', 'gone', 404);
      }
    });
    assert.deepEqual(await emrServerlessCleaner(clients, pace()).clean(application, NEVER), []);
  });

  it('says when it does not stop', async () => {
    const { clients } = scriptedClients({
      'emr-serverless:GetApplication': () => ({ application: { state: 'STOPPING' } })
    });
    assert.deepEqual(await emrServerlessCleaner(clients, pace()).clean(application, NEVER), [
      'The EMR Serverless application app-1 does not stop.'
    ]);
  });
});

describe('the EMR cluster cleaner', () => {
  const cluster = sceneOf('spark', 'AWS::EMR::Cluster', 'j-1');

  it('takes off the protection, terminates the cluster and waits', async () => {
    const states = ['WAITING', 'TERMINATING', 'TERMINATING', 'TERMINATED'];
    const { clients, operations, inputsOf } = scriptedClients({
      'emr:DescribeCluster': () => ({ Cluster: { Status: { State: states.shift() } } })
    });
    const did = await emrClusterCleaner(clients, pace()).clean(cluster, NEVER);
    assert.deepEqual(did, ['Terminated the EMR cluster j-1.']);
    assert.deepEqual(operations().slice(0, 3), [
      'emr:DescribeCluster',
      'emr:SetTerminationProtection',
      'emr:TerminateJobFlows'
    ]);
    assert.deepEqual(inputsOf('emr:SetTerminationProtection'), [
      { JobFlowIds: ['j-1'], TerminationProtected: false }
    ]);
    assert.deepEqual(states, []);
  });

  it('leaves one that ended by itself', async () => {
    const { clients, operations } = scriptedClients({
      'emr:DescribeCluster': () => ({ Cluster: { Status: { State: 'TERMINATED_WITH_ERRORS' } } })
    });
    assert.deepEqual(await emrClusterCleaner(clients, pace()).clean(cluster, NEVER), []);
    assert.deepEqual(operations(), ['emr:DescribeCluster']);
  });
});

describe('the virtual cluster cleaner', () => {
  const cluster = sceneOf('spark', 'AWS::EMRContainers::VirtualCluster', 'vc-1');

  it('ends jobs and endpoints once, and waits for them', async () => {
    let looks = 0;
    const { clients, inputsOf } = scriptedClients({
      'emr-containers:ListJobRuns': () => ({ jobRuns: (looks += 1) < 3 ? [{ id: 'job-1' }] : [] }),
      'emr-containers:ListManagedEndpoints': () => ({ endpoints: looks < 2 ? [{ id: 'e-1' }] : [] })
    });
    const did = await virtualClusterCleaner(clients, pace()).clean(cluster, NEVER);
    assert.deepEqual(did, ['Ended 2 jobs and endpoints of the virtual cluster vc-1.']);
    assert.equal(inputsOf('emr-containers:CancelJobRun').length, 1);
    assert.equal(inputsOf('emr-containers:DeleteManagedEndpoint').length, 1);
  });
});

describe('the bucket cleaner', () => {
  const bucket = sceneOf('net', 'AWS::S3::Bucket', 'headrace-bucket');

  it('deletes all versions, markers and uploads', async () => {
    const pages = [
      {
        Versions: [{ Key: 'a', VersionId: '1' }],
        DeleteMarkers: [{ Key: 'a', VersionId: '2' }]
      },
      { Versions: [{ Key: 'b', VersionId: 'null' }] },
      {}
    ];
    const { clients, inputsOf } = scriptedClients({
      's3:ListObjectVersions': () => pages.shift(),
      's3:ListMultipartUploads': () => ({ Uploads: [{ Key: 'c', UploadId: 'u' }] })
    });
    const did = await bucketCleaner(clients).clean(bucket, NEVER);
    assert.deepEqual(did, ['Deleted 3 objects of the bucket headrace-bucket.']);
    assert.deepEqual(inputsOf('s3:DeleteObjects')[0]?.['Delete'], {
      Objects: [
        { Key: 'a', VersionId: '1' },
        { Key: 'a', VersionId: '2' }
      ],
      Quiet: true
    });
    assert.equal(inputsOf('s3:AbortMultipartUpload').length, 1);
  });

  it('ends at an object that cannot be deleted', async () => {
    const { clients, inputsOf } = scriptedClients({
      's3:ListObjectVersions': () => ({ Versions: [{ Key: 'locked', VersionId: '1' }] }),
      's3:DeleteObjects': () => ({
        Errors: [{ Key: 'locked', Message: 'Object is WORM protected' }]
      })
    });
    await assert.rejects(
      bucketCleaner(clients).clean(bucket, NEVER),
      failsWith('HR_AWS_REFUSED', /does not delete locked \(Object is WORM protected\)/)
    );
    assert.equal(inputsOf('s3:DeleteObjects').length, 1);
  });

  it('is content with a bucket that is gone', async () => {
    const { clients } = scriptedClients({
      's3:ListObjectVersions': () => {
        throw serviceError('NoSuchBucket', 'gone', 404);
      }
    });
    assert.deepEqual(await bucketCleaner(clients).clean(bucket, NEVER), []);
  });
});
