import type { StartJobRunCommandInput } from '@aws-sdk/client-emr-serverless';
import { EMRContainers } from '@aws-sdk/client-emr-containers';
import { EMR } from '@aws-sdk/client-emr';
import { configOf } from '../support.ts';
import type { Tour } from './tour.ts';

export async function visitKafka({ clients, out, same }: Tour): Promise<void> {
  const { kafka: msk } = clients;
  const ClusterArn = out('ClusterArn');
  const TopicName = 'clicks';
  const topic = { ClusterArn, TopicName };
  const configs = Buffer.from('retention.ms=1000').toString('base64');
  const sent = { ...topic, PartitionCount: 3, ReplicationFactor: 2, Configs: configs };
  const calls = {
    DescribeClusterV2: () => msk.describeClusterV2({ ClusterArn }),
    ListClustersV2: () => msk.listClustersV2({ ClusterNameFilter: 'headrace' }),
    GetBootstrapBrokers: () => msk.getBootstrapBrokers({ ClusterArn }),
    ListNodes: () => msk.listNodes({ ClusterArn }),
    ListKafkaVersions: () => msk.listKafkaVersions({}),
    CreateTopic: () => msk.createTopic(sent),
    ListTopics: () => msk.listTopics({ ClusterArn }),
    DescribeTopic: () => msk.describeTopic(topic),
    DescribeTopicPartitions: () => msk.describeTopicPartitions(topic),
    UpdateTopic: () => msk.updateTopic({ ...topic, PartitionCount: 6 }),
    DeleteTopic: () => msk.deleteTopic(topic)
  };
  for (const [action, call] of Object.entries(calls)) await same(`kafka:${action}`, call);
  const ConnectivityInfo = { PublicAccess: { Type: 'SERVICE_PROVIDED_EIPS' } };
  const update = { ClusterArn, ConnectivityInfo, CurrentVersion: 'K3P5ROKL5A1OLE' };
  const answer = await same('kafka:UpdateConnectivity', () => msk.updateConnectivity(update));
  const operation = { ClusterOperationArn: String(Reflect.get(answer, 'ClusterOperationArn')) };
  await same('kafka:DescribeClusterOperationV2', () => msk.describeClusterOperationV2(operation));
}

export async function visitEmrServerless({ clients, out, same }: Tour): Promise<void> {
  const { emrServerless: emr } = clients;
  const applicationId = out('ApplicationId');
  const run: StartJobRunCommandInput = {
    applicationId,
    executionRoleArn: out('ExecutionRoleArn'),
    mode: 'STREAMING',
    name: 'clicks',
    jobDriver: { sparkSubmit: { entryPoint: 's3://bucket/job.py', entryPointArguments: ['--x'] } }
  };
  await same('emr-serverless:GetApplication', () => emr.getApplication({ applicationId }));
  await same('emr-serverless:ListApplications', () => emr.listApplications({}));
  await same('emr-serverless:StartApplication', () => emr.startApplication({ applicationId }));
  const started = await same('emr-serverless:StartJobRun', () => emr.startJobRun(run));
  const job = { applicationId, jobRunId: String(Reflect.get(started, 'jobRunId')) };
  await same('emr-serverless:GetJobRun', () => emr.getJobRun(job));
  await same('emr-serverless:ListJobRuns', () => emr.listJobRuns({ applicationId }));
  await same('emr-serverless:GetDashboardForJobRun', () => emr.getDashboardForJobRun(job));
  await same('emr-serverless:CancelJobRun', () => emr.cancelJobRun(job));
  const other = { releaseLabel: 'emr-7.14.0', type: 'SPARK', name: 'other' };
  const made = await same('emr-serverless:CreateApplication', () => emr.createApplication(other));
  const second = { applicationId: String(Reflect.get(made, 'applicationId')) };
  for (;;) {
    const { application } = await emr.getApplication(second);
    if (application?.state === 'CREATED') break;
  }
  await same('emr-serverless:UpdateApplication', () =>
    emr.updateApplication({ ...second, releaseLabel: 'emr-spark-8.1.0' })
  );
  await same('emr-serverless:StopApplication', () => emr.stopApplication(second));
  await same('emr-serverless:DeleteApplication', () => emr.deleteApplication(second));
}

export async function visitEmr({ aws, out, same }: Tour): Promise<void> {
  const emr = new EMR(configOf(aws));
  const ClusterId = out('ClusterId');
  const jar = { Jar: 'command-runner.jar', Args: ['spark-submit', 's3://bucket/job.py'] };
  const step = { Name: 'clicks', ActionOnFailure: 'CONTINUE', HadoopJarStep: jar } as const;
  await same('elasticmapreduce:DescribeCluster', () => emr.describeCluster({ ClusterId }));
  await same('elasticmapreduce:ListClusters', () => emr.listClusters({}));
  await same('elasticmapreduce:ListInstances', () =>
    emr.listInstances({ ClusterId, InstanceGroupTypes: ['MASTER'] })
  );
  await same('elasticmapreduce:ListReleaseLabels', () =>
    emr.listReleaseLabels({ Filters: { Prefix: 'emr-7' } })
  );
  const added = await same('elasticmapreduce:AddJobFlowSteps', () =>
    emr.addJobFlowSteps({ JobFlowId: ClusterId, Steps: [step] })
  );
  const StepIds = Reflect.get(added, 'StepIds') as string[];
  const one = { ClusterId, StepId: StepIds[0] };
  await same('elasticmapreduce:DescribeStep', () => emr.describeStep(one));
  await same('elasticmapreduce:ListSteps', () => emr.listSteps({ ClusterId }));
  await same('elasticmapreduce:CancelSteps', () => emr.cancelSteps({ ClusterId, StepIds }));
  const JobFlowIds = [ClusterId];
  await same('elasticmapreduce:SetTerminationProtection', () =>
    emr.setTerminationProtection({ JobFlowIds, TerminationProtected: false })
  );
  await same('elasticmapreduce:TerminateJobFlows', () => emr.terminateJobFlows({ JobFlowIds }));
  emr.destroy();
}

export async function visitEmrContainers({ aws, out, same }: Tour): Promise<void> {
  const eks = new EMRContainers(configOf(aws));
  const virtualClusterId = out('VirtualClusterId');
  const run = {
    virtualClusterId,
    name: 'clicks',
    clientToken: 'once',
    executionRoleArn: out('ExecutionRoleArn'),
    releaseLabel: 'emr-7.14.0-latest',
    jobDriver: { sparkSubmitJobDriver: { entryPoint: 's3://bucket/job.py' } }
  };
  await same('emr-containers:DescribeVirtualCluster', () =>
    eks.describeVirtualCluster({ id: virtualClusterId })
  );
  const started = await same('emr-containers:StartJobRun', () => eks.startJobRun(run));
  const one = { virtualClusterId, id: String(Reflect.get(started, 'id')) };
  await same('emr-containers:DescribeJobRun', () => eks.describeJobRun(one));
  await same('emr-containers:ListJobRuns', () =>
    eks.listJobRuns({ virtualClusterId, states: ['PENDING', 'SUBMITTED', 'RUNNING'] })
  );
  await same('emr-containers:ListManagedEndpoints', () =>
    eks.listManagedEndpoints({ virtualClusterId })
  );
  await same('emr-containers:CancelJobRun', () => eks.cancelJobRun(one));
  eks.destroy();
}
