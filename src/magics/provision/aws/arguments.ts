import { z } from 'zod';
import {
  DEFAULT_RELEASE,
  ENVIRONMENT_NAME,
  KAFKA_AUTHS,
  KAFKA_KINDS,
  REGION,
  RELEASE,
  SIZES,
  SPARK_KINDS,
  SUBNET_KINDS
} from '../../../runtime/aws/environment/spec.ts';
import { duration } from '../../parser/duration.ts';

const MIN_TTL_MS = 15 * 60_000;
const MAX_TTL_MS = 30 * 24 * 3_600_000;

const environmentName = z
  .string()
  .regex(
    ENVIRONMENT_NAME,
    'must have 2 to 25 small letters, digits and "-", a letter first and no "-" last'
  );
const flag = z.boolean().default(false);

/** Flags of `%provision aws`: first what to do, then what the environment is. */
export const awsArguments = z.object({
  plan: flag.describe('Shows what would be made, opened and paid; makes nothing.'),
  apply: environmentName
    .optional()
    .describe('Makes the environment whose name you type here, and attaches the notebook to it.'),
  status: flag.describe('Shows the environments of the region, or the one of --name.'),
  destroy: environmentName
    .optional()
    .describe('Removes the environment whose name you type here, and shows that nothing is left.'),
  template: z
    .string()
    .regex(/\.json$/, 'must end with .json')
    .optional()
    .describe(
      'Writes the CloudFormation templates, one a stack: FILE.json gives FILE-net.json and so on.'
    ),
  extend: flag.describe('Moves the end of the environment to --ttl from now.'),
  sweep: flag.describe(
    'Removes what you made in the region and whose time is over, or that is half there.'
  ),
  freshPrices: flag.describe(
    "With --plan or --apply: asks AWS's price list for the prices, in place of the dated table that Headrace comes with."
  ),
  name: environmentName
    .optional()
    .describe('Name of the environment; all its names begin with it.'),
  region: z
    .string()
    .regex(REGION, 'must be a region such as eu-west-1')
    .optional()
    .describe('Region of AWS; AWS_REGION or the AWS profile if absent.'),
  vpc: z
    .string()
    .regex(/^(new|vpc-[0-9a-f]+)$/, 'must be new or the id of a VPC')
    .optional()
    .describe('A network of its own (new), or the id of one that is there. Default: new.'),
  vpcSubnets: z
    .string()
    .optional()
    .describe('Subnets of --vpc ID, separated by commas, in distinct zones.'),
  subnets: z
    .enum(SUBNET_KINDS)
    .optional()
    .describe(
      'Whether machines have public addresses; private costs a NAT gateway. Default: private.'
    ),
  kafka: z.enum(KAFKA_KINDS).optional().describe('What Kafka is made. Default: msk.'),
  kafkaAuth: z
    .enum(KAFKA_AUTHS)
    .optional()
    .describe('How clients prove to Kafka who they are. Default: iam, none for ec2.'),
  spark: z.enum(SPARK_KINDS).optional().describe('What Spark is made. Default: emr-serverless.'),
  size: z.enum(SIZES).optional().describe('How large brokers and workers are. Default: dev.'),
  ttl: duration(MIN_TTL_MS, MAX_TTL_MS, 'from 15m to 30d')
    .optional()
    .describe(
      'How long the environment is meant to live, such as 8h. After that --status says so and --sweep removes it; nothing in AWS does so by itself. Default: 8h.'
    ),
  publicBrokers: flag.describe(
    'Brokers of msk can be reached from the internet, with TLS and IAM.'
  ),
  release: z
    .string()
    .regex(RELEASE, 'must be a release such as emr-7.14.0 or emr-spark-8.1.0')
    .optional()
    .describe(`Release of EMR. Default: ${DEFAULT_RELEASE}.`),
  eksCluster: z.string().min(1).optional().describe('EKS cluster that is there, for emr-eks.'),
  eksNamespace: z
    .string()
    .min(1)
    .optional()
    .describe('Namespace in that cluster. Default: default.'),
  force: flag.describe('Also for an environment that another notebook of yours made.')
});
export type AwsArguments = z.infer<typeof awsArguments>;
