import { readFile } from 'node:fs/promises';
import { HeadraceError } from '../../../shared/errors.ts';
import type { TargetProfile } from '../../profile/profile.ts';
import type { AccountPort } from '../control/account.ts';
import type { StackPort } from '../control/port.ts';
import { emrContainersSend } from '../emr/eks/operations.ts';
import { eksRuns } from '../emr/jobs/eks-runs.ts';
import { emrSteps } from '../emr/jobs/emr-steps.ts';
import { environmentJobs, type AwsJobs } from '../emr/jobs/environment-jobs.ts';
import { jobConf } from '../emr/jobs/job-conf.ts';
import type { JobTarget, JobView } from '../emr/jobs/port.ts';
import { serverlessRuns } from '../emr/jobs/serverless-runs.ts';
import { environmentStatus } from '../engine/status.ts';
import { DEFAULT_RELEASE, stackName, TAGS, type Layer } from '../environment/spec.ts';
import { OUTPUTS } from '../template/types.ts';
import type { AwsPlace } from './place.ts';
import { specIn } from './stack-plans.ts';

/** Folders of an environment's bucket; the second is the `LogUri` of a cluster on EC2. */
const LOGS = 'logs';
const CLUSTER_LOGS = 'logs/emr';
const UPLOADS = 'jobs';

/** The parts of a region that jobs need. */
export type JobsPlace = Pick<AwsPlace, 'emr' | 'serverless' | 's3'> & {
  readonly account: Pick<AccountPort, 'caller'>;
  readonly clients: Parameters<typeof emrContainersSend>[0];
  readonly world: { readonly stacks: Pick<StackPort, 'describe'> };
};

type Environment = NonNullable<TargetProfile['environment']>;
type Outputs = Readonly<Record<string, string>>;

/** Jobs of environments that `%provision aws` made; what they run on is read from the outputs of the stacks. */
export function createJobs(placeIn: (region: string) => JobsPlace): AwsJobs {
  return {
    async open(profile, signal) {
      const { environment } = profile;
      if (environment === null) throw noEnvironment(profile.name);
      const place = placeIn(environment.region);
      await requireAccount(place, environment, signal);
      const outputsOf = (layer: Layer) => outputs(place, environment, layer, signal);
      const [net, spark] = await Promise.all([outputsOf('net'), outputsOf('spark')]);
      const bucket = net[OUTPUTS.net.bucket];
      if (bucket === undefined) throw incomplete(environment, 'net', 'a bucket');
      return environmentJobs({
        target: targetOf(place, {
          release: specIn({ net })?.release ?? releaseOf(profile),
          environment,
          spark,
          bucket
        }),
        s3: place.s3,
        folder: { bucket, prefix: UPLOADS },
        readFile: name => readFile(name),
        conf: jobConf(profile),
        tags: { [TAGS.environment]: environment.name }
      });
    }
  };
}

/**
 * Jobs of an environment that have not ended, whoever submitted them; none where Spark does not stand. Needs no profile,
 * because nothing is submitted.
 */
export async function runningJobs(
  name: string,
  place: AwsPlace,
  signal: AbortSignal
): Promise<readonly JobView[]> {
  const { outputs } = await environmentStatus(name, place.world, signal);
  const bucket = outputs.net?.[OUTPUTS.net.bucket];
  if (outputs.spark === undefined || bucket === undefined) return [];
  const environment = { name, region: place.region };
  const release = specIn(outputs)?.release ?? DEFAULT_RELEASE;
  const found = { release, environment, spark: outputs.spark, bucket };
  return targetOf(place, found).running(signal);
}

interface Found {
  /** Of jobs on EKS. */
  readonly release: string;
  readonly environment: Pick<Environment, 'name' | 'region'>;
  readonly spark: Outputs;
  readonly bucket: string;
}

/** Which outputs a stack has tells which service it is of. */
function targetOf(
  { clients, emr, serverless, s3 }: JobsPlace,
  { release, environment, spark, bucket }: Found
): JobTarget {
  const { [OUTPUTS.spark.executionRole]: executionRoleArn } = spark;
  const {
    [OUTPUTS.spark.application]: application,
    [OUTPUTS.spark.cluster]: cluster,
    [OUTPUTS.spark.virtualCluster]: virtualCluster
  } = spark;
  const logs = { bucket, prefix: LOGS };
  if (cluster !== undefined) {
    const role = executionRoleArn === undefined ? {} : { executionRoleArn };
    const clusterLogs = { bucket, prefix: CLUSTER_LOGS };
    return emrSteps({ send: emr, s3, cluster, logs: clusterLogs, ...role });
  }
  if (executionRoleArn === undefined) throw incomplete(environment, 'spark', 'a role for jobs');
  if (application !== undefined)
    return serverlessRuns({ send: serverless, s3, application, executionRoleArn, logs });
  if (virtualCluster === undefined) throw incomplete(environment, 'spark', 'Spark');
  const send = emrContainersSend(clients);
  return eksRuns({ send, s3, virtualCluster, executionRoleArn, release, logs });
}

/** A virtual cluster has no release; where no stack tells what was asked for, the profile tells which Spark its sessions have. */
function releaseOf({ livy }: TargetProfile): string {
  return livy.overrides.sparkVersion?.startsWith('4.') === true
    ? 'emr-spark-8.1.0'
    : DEFAULT_RELEASE;
}

async function outputs(
  { world }: JobsPlace,
  environment: Environment,
  layer: Layer,
  signal: AbortSignal
): Promise<Outputs> {
  const stack = await world.stacks.describe(stackName(environment.name, layer), signal);
  if (stack === null) throw absent(environment, layer);
  return stack.outputs;
}

/** Names of environments are those of one account: another one may have the same. */
async function requireAccount(
  place: JobsPlace,
  { name, account }: Environment,
  signal: AbortSignal
): Promise<void> {
  const caller = await place.account.caller(signal);
  if (caller.account === account) return;
  throw new HeadraceError('HR_AWS_CREDENTIALS', `The environment ${name} is in another account`, {
    why: `the AWS credentials are of ${caller.account}, it is in ${account}`,
    next: 'Sign in to that account, or set AWS_PROFILE, and restart the kernel.'
  });
}

function incomplete(
  { name }: Pick<Environment, 'name'>,
  layer: Layer,
  what: string
): HeadraceError {
  return new HeadraceError('HR_ENVIRONMENT', `The environment ${name} cannot run jobs`, {
    why: `its stack ${stackName(name, layer)} has not ${what}`,
    next: `Look at it with %provision aws --status --name ${name}.`
  });
}

function absent({ name, region }: Environment, layer: Layer): HeadraceError {
  return new HeadraceError('HR_ENVIRONMENT', `The environment ${name} cannot run jobs`, {
    why: `there is no stack ${stackName(name, layer)} in ${region}`,
    next: `Make it with %provision aws --apply ${name}.`
  });
}

function noEnvironment(profile: string): HeadraceError {
  return new HeadraceError('HR_USAGE', `The profile ${profile} names no environment of AWS`, {
    why: 'jobs of EMR need its bucket and its role',
    next: 'Make one with %provision aws, or leave --streaming and --emr-step out.'
  });
}
