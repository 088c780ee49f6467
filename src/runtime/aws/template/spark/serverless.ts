import { arnOf, prefixOf, tagsOf, type LayerContext } from '../context.ts';
import { kafkaStatements, usesIam } from '../iam/kafka-access.ts';
import { role, trust } from '../iam/policy.ts';
import { bucketStatements, catalogStatements, hasCatalog } from '../iam/spark-access.ts';
import { OUTPUTS, type Resource, type Value } from '../types.ts';
import { attribute, ref, text, type Fragment } from '../values.ts';

/** Jobs and sessions run as this role. */
function executionRole(context: LayerContext): Resource {
  const condition: Value = {
    StringEquals: { 'aws:SourceAccount': context.resolved.account },
    ArnLike: { 'aws:SourceArn': arnOf(context, 'emr-serverless', '/applications/*') }
  };
  return role({
    description: 'Spark on EMR Serverless',
    trust: trust('emr-serverless.amazonaws.com', condition),
    statements: [
      ...bucketStatements(context),
      ...catalogStatements(context),
      ...kafkaStatements(context)
    ],
    tags: tagsOf(context, 'execution')
  });
}

/** Spark would wait for a catalog that it cannot reach. */
function withoutCatalog(context: LayerContext): Record<string, Value> {
  if (hasCatalog(context)) return {};
  const Properties = { 'spark.sql.catalogImplementation': 'in-memory' };
  return { RuntimeConfiguration: [{ Classification: 'spark-defaults', Properties }] };
}

function application(context: LayerContext): Resource {
  const { emrServerless: size } = context.sizes;
  return {
    Type: 'AWS::EMRServerless::Application',
    Properties: {
      Name: prefixOf(context.spec),
      Type: 'SPARK',
      ReleaseLabel: context.spec.release,
      Architecture: size.architecture,
      InteractiveConfiguration: { LivyEndpointEnabled: true, StudioEnabled: false },
      // The only hard limit of what it costs.
      MaximumCapacity: {
        Cpu: `${size.maxVcpu} vCPU`,
        Memory: `${size.maxMemoryGiB} GB`,
        Disk: `${size.maxDiskGiB} GB`
      },
      AutoStartConfiguration: { Enabled: true },
      AutoStopConfiguration: { Enabled: true, IdleTimeoutMinutes: size.idleMinutes },
      NetworkConfiguration: {
        SubnetIds: ref(OUTPUTS.net.subnets),
        SecurityGroupIds: [ref(OUTPUTS.net.sparkGroup)]
      },
      MonitoringConfiguration: {
        ManagedPersistenceMonitoringConfiguration: { Enabled: true },
        S3MonitoringConfiguration: { LogUri: text('s3://', ref(OUTPUTS.net.bucket), '/logs/') }
      },
      ...withoutCatalog(context),
      Tags: tagsOf(context, 'spark')
    }
  };
}

/** EMR Serverless with its Livy endpoint. https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/interactive-workloads-livy-endpoints.html */
export function emrServerless(context: LayerContext): Fragment {
  return {
    resources: { ExecutionRole: executionRole(context), Application: application(context) },
    outputs: {
      [OUTPUTS.spark.application]: {
        Description: 'The application',
        Value: ref('Application')
      },
      [OUTPUTS.spark.executionRole]: {
        Description: 'Role of jobs and sessions',
        Value: attribute('ExecutionRole', 'Arn')
      }
    },
    inputs: [
      OUTPUTS.net.subnets,
      OUTPUTS.net.sparkGroup,
      OUTPUTS.net.bucket,
      ...(usesIam(context) ? [OUTPUTS.kafka.cluster] : [])
    ]
  };
}
