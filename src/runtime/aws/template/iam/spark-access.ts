import { arnOf, managedPolicy, type LayerContext } from '../context.ts';
import { OUTPUTS, type Value } from '../types.ts';
import { ref, text } from '../values.ts';
import { allow } from './policy.ts';

/** A bucket, as ARN, and all that is in it, or in one of its folders. */
function bucketArn({ resolved }: LayerContext, inside = ''): Value {
  return text(`arn:${resolved.partition}:s3:::`, ref(OUTPUTS.net.bucket), inside);
}

/** Jobs, jars, checkpoints and logs: in the bucket of the environment, and in no other. */
export function bucketStatements(context: LayerContext): readonly Value[] {
  return [
    allow({
      sid: 'Bucket',
      actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
      resources: [bucketArn(context)]
    }),
    allow({
      sid: 'BucketObjects',
      actions: [
        's3:AbortMultipartUpload',
        's3:DeleteObject',
        's3:GetObject',
        's3:ListMultipartUploadParts',
        's3:PutObject'
      ],
      resources: [bucketArn(context, '/*')]
    })
  ];
}

/** For machines that only fetch programs from a folder. */
export function folderStatement(context: LayerContext, folder: string): Value {
  return allow({
    sid: 'BucketFolder',
    actions: ['s3:GetObject'],
    resources: [bucketArn(context, `/${folder}/*`)]
  });
}

/** Lets Session Manager open a shell or a port, in place of a key for SSH. */
export function sessionManagerPolicy(context: LayerContext): string {
  return managedPolicy(context, 'AmazonSSMManagedInstanceCore');
}

/** The database of an environment in the Glue Data Catalog. */
export function catalogDatabase({ spec }: Pick<LayerContext, 'spec'>): string {
  return `headrace_${spec.name.replaceAll('-', '_')}`;
}

/** Machines of EMR Serverless have no public addresses, so from public subnets they cannot reach the catalog. */
export function hasCatalog({ spec }: Pick<LayerContext, 'spec'>): boolean {
  return spec.spark !== 'emr-serverless' || spec.subnets === 'private';
}

const READ = [
  'glue:GetDatabase',
  'glue:GetDatabases',
  'glue:GetPartition',
  'glue:GetPartitions',
  'glue:GetTable',
  'glue:GetTables',
  'glue:GetUserDefinedFunction',
  'glue:GetUserDefinedFunctions'
];
const WRITE = [
  'glue:BatchCreatePartition',
  'glue:BatchDeletePartition',
  'glue:CreateDatabase',
  'glue:CreatePartition',
  'glue:CreateTable',
  'glue:DeletePartition',
  'glue:DeleteTable',
  'glue:UpdatePartition',
  'glue:UpdateTable'
];

/** Tables in a database of their own; Spark looks into `default` and `global_temp` in any case. */
export function catalogStatements(context: LayerContext): readonly Value[] {
  if (!hasCatalog(context)) return [];
  const own = catalogDatabase(context);
  const of = (resource: string) => arnOf(context, 'glue', resource);
  const inside = (database: string) => [
    of(`database/${database}`),
    of(`table/${database}/*`),
    of(`userDefinedFunction/${database}/*`)
  ];
  return [
    allow({
      sid: 'CatalogRead',
      actions: READ,
      resources: [of('catalog'), ...['default', 'global_temp', own].flatMap(inside)]
    }),
    allow({
      sid: 'CatalogWrite',
      actions: WRITE,
      resources: [of('catalog'), of(`database/${own}`), of(`table/${own}/*`)]
    })
  ];
}
