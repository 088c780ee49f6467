import type { TestContext } from 'node:test';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { EC2 } from '@aws-sdk/client-ec2';
import { EMRServerless } from '@aws-sdk/client-emr-serverless';
import { Kafka } from '@aws-sdk/client-kafka';
import { ResourceGroupsTaggingAPI } from '@aws-sdk/client-resource-groups-tagging-api';
import { S3 } from '@aws-sdk/client-s3';
import { STS } from '@aws-sdk/client-sts';
import { startAws, type AwsOptions, type FakeAws } from '../../../fakes/aws/server/start.ts';

/** The real clients of the SDK on a server. */
export interface Clients {
  readonly sts: STS;
  readonly cloudformation: CloudFormation;
  readonly ec2: EC2;
  readonly kafka: Kafka;
  readonly emrServerless: EMRServerless;
  readonly s3: S3;
  readonly tagging: ResourceGroupsTaggingAPI;
}

export function configOf(aws: FakeAws, maxAttempts = 1) {
  return { endpoint: aws.url, region: aws.region, credentials: aws.keys, maxAttempts };
}

export function clientsOf(aws: FakeAws, maxAttempts = 1): Clients {
  const config = configOf(aws, maxAttempts);
  return {
    sts: new STS(config),
    cloudformation: new CloudFormation(config),
    ec2: new EC2(config),
    kafka: new Kafka(config),
    emrServerless: new EMRServerless(config),
    s3: new S3(config),
    tagging: new ResourceGroupsTaggingAPI(config)
  };
}

export interface Bench extends Clients {
  readonly aws: FakeAws;
}

/** A server that ends with the test, which fails when the server was asked what it does not know. */
export async function bench(test: TestContext, options: AwsOptions = {}): Promise<Bench> {
  const aws = await startAws(options);
  const clients = clientsOf(aws);
  test.after(async () => {
    for (const client of Object.values(clients)) (client as STS).destroy();
    await aws.close();
  });
  return { aws, ...clients };
}

export interface Stackful {
  readonly template: object;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly kind?: 'CREATE' | 'UPDATE';
  readonly name?: string;
}

/** Makes a change set and looks until its plan is there. */
export async function planned({ cloudformation }: Clients, stack: Stackful) {
  const { name = 'headrace-demo-net', kind = 'CREATE', parameters = {}, tags = {} } = stack;
  const { Id: id } = await cloudformation.createChangeSet({
    StackName: name,
    ChangeSetName: `plan-${kind.toLowerCase()}-${String(Math.random()).slice(2)}`,
    ChangeSetType: kind,
    TemplateBody: JSON.stringify(stack.template),
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    Parameters: Object.entries(parameters).map(([key, value]) => ({
      ParameterKey: key,
      ParameterValue: value
    })),
    Tags: Object.entries(tags).map(([key, value]) => ({ Key: key, Value: value }))
  });
  for (;;) {
    const plan = await cloudformation.describeChangeSet({ ChangeSetName: id });
    if (plan.Status === 'CREATE_COMPLETE' || plan.Status === 'FAILED') return plan;
  }
}

/** Looks at a stack until nothing goes on. */
export async function settled({ cloudformation }: Clients, name = 'headrace-demo-net') {
  for (;;) {
    const { Stacks: [stack] = [] } = await cloudformation.describeStacks({ StackName: name });
    if (stack === undefined) throw new Error(`no stack ${name}`);
    if (!/_IN_PROGRESS$/.test(stack.StackStatus ?? '')) return stack;
  }
}

/** Makes or changes a stack to the end. */
export async function applied(clients: Clients, stack: Stackful) {
  const plan = await planned(clients, stack);
  await clients.cloudformation.executeChangeSet({ ChangeSetName: plan.ChangeSetId });
  return settled(clients, plan.StackId);
}

/** Deletes a stack to the end. */
export async function deleted(clients: Clients, name = 'headrace-demo-net') {
  const { Stacks: [stack] = [] } = await clients.cloudformation.describeStacks({ StackName: name });
  await clients.cloudformation.deleteStack({ StackName: name });
  return settled(clients, stack?.StackId);
}

export const outputsOf = (stack: {
  readonly Outputs?:
    { OutputKey?: string | undefined; OutputValue?: string | undefined }[] | undefined;
}): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (stack.Outputs ?? []).map(({ OutputKey: key, OutputValue: value }) => [key ?? '', value ?? ''])
  );
