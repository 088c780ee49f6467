import { HeadraceError } from '../../../shared/errors.ts';
import type { LivyTarget } from '../../livy/target.ts';
import { connectorConf } from '../emr/connectors.ts';
import { openEmrLivy } from '../emr/ec2/livy.ts';
import { startProgram } from '../emr/ec2/program.ts';
import { startApplication } from '../emr/serverless/application.ts';
import { livyTarget } from '../emr/serverless/target.ts';
import { stackName, type EnvironmentSpec } from '../environment/spec.ts';
import type { LayerOutputs } from '../engine/parameters.ts';
import { OUTPUTS } from '../template/types.ts';
import type { Hands } from './hands.ts';
import type { AwsServicesOptions } from './options.ts';
import { requireOutput } from './reach-kafka.ts';

/** Address of Livy of an EMR Serverless application where it is not that of AWS; `{application}` is its id. */
const SERVERLESS_URL = 'HEADRACE_LIVY_SERVERLESS_URL';
const CHECKPOINTS = 'spark.sql.streaming.checkpointLocation';

/** Waits until Spark of an environment takes sessions, and gives its Livy. */
export async function reachSpark(
  spec: EnvironmentSpec,
  outputs: LayerOutputs,
  hands: Hands
): Promise<LivyTarget> {
  switch (spec.spark) {
    case 'emr-serverless':
      return reachServerless(spec, outputs, hands);
    case 'emr-ec2':
      return reachCluster(spec, outputs, hands);
    case 'emr-eks':
      throw withoutLivy(spec);
  }
}

async function reachServerless(
  { release, region }: EnvironmentSpec,
  outputs: LayerOutputs,
  { place, options, signal, step }: Hands
): Promise<LivyTarget> {
  const application = requireOutput(outputs, 'spark', OUTPUTS.spark.application);
  step(`Starting the EMR Serverless application ${application}`);
  await startApplication(place.serverless, application, { clock: place.world.clock }, signal);
  return livyTarget({
    application,
    region,
    release,
    executionRoleArn: requireOutput(outputs, 'spark', OUTPUTS.spark.executionRole),
    conf: sessionConf(release, outputs),
    ...serverlessUrl(application, options)
  });
}

/** The address of an application's Livy where the surroundings name another. */
export function serverlessUrl(
  application: string,
  { env }: Pick<AwsServicesOptions, 'env'>
): { readonly url?: string } {
  const pattern = env[SERVERLESS_URL];
  return pattern === undefined || pattern === ''
    ? {}
    : { url: pattern.replaceAll('{application}', application) };
}

async function reachCluster(
  { release, region }: EnvironmentSpec,
  outputs: LayerOutputs,
  { place, options, tunnels, signal, step, notice }: Hands
): Promise<LivyTarget> {
  const cluster = requireOutput(outputs, 'spark', OUTPUTS.spark.cluster);
  const { env, startProgram: start = startProgram } = options;
  const endpoint = env['AWS_ENDPOINT_URL_SSM'] ?? env['AWS_ENDPOINT_URL'];
  step(`Opening the way to Livy of the EMR cluster ${cluster}`);
  const livy = await tunnels.open(cluster, () =>
    openEmrLivy(
      {
        emr: place.emr,
        ssm: place.ssm,
        cluster,
        region,
        release,
        start,
        clock: place.world.clock,
        conf: sessionConf(release, outputs),
        onReopen: why => notice(`The way to Livy was lost and is opened again: ${why}.`),
        ...(endpoint === undefined ? {} : { endpoint })
      },
      signal
    )
  );
  return livy.target;
}

/** The connectors, and a place for checkpoints that outlives the machines. */
function sessionConf(release: string, outputs: LayerOutputs): Readonly<Record<string, string>> {
  const bucket = requireOutput(outputs, 'net', OUTPUTS.net.bucket);
  return { ...connectorConf(release), [CHECKPOINTS]: `s3://${bucket}/checkpoints` };
}

function withoutLivy({ name, region }: EnvironmentSpec): HeadraceError {
  return new HeadraceError('HR_ENVIRONMENT', `${name} is made, but no cell can run there yet`, {
    why: 'EMR on EKS has no Livy of its own',
    next: `Install one in the cluster and go there with %provision attach --stack ${stackName(name, 'net')} --region ${region} --livy URL --livy-type emr-eks --as ${name}: cells run in that Livy, %submit in EMR. It costs until %provision aws --destroy ${name}.`
  });
}
