import { HeadraceError } from '../../../shared/errors.ts';
import { capabilitiesOf } from '../emr/release.ts';
import type { EnvironmentSpec, Resolved } from '../environment/spec.ts';

interface Contradiction {
  readonly message: string;
  readonly why: string;
  readonly next: string;
}
type Check = (spec: EnvironmentSpec, resolved: Resolved) => Contradiction | null;

const kafkaAuth: Check = ({ kafka, kafkaAuth: auth }) => {
  if (kafka === 'msk-serverless' && auth !== 'iam')
    return {
      message: `MSK Serverless cannot be used with ${auth}`,
      why: 'IAM is the only login that it has',
      next: 'Leave the login out, or take --kafka msk.'
    };
  if (kafka === 'ec2' && auth !== 'none')
    return {
      message: `Kafka on EC2 cannot be used with ${auth}`,
      why: 'its brokers know no login, and are reached by Spark and the bastion alone',
      next: 'Take none as its login, or --kafka msk.'
    };
  return null;
};

const publicBrokers: Check = (spec, { clientCidr }) => {
  if (!spec.publicBrokers) return null;
  const refused = (why: string, next: string): Contradiction => ({
    message: 'The brokers cannot be reached from the internet',
    why,
    next
  });
  if (spec.kafka !== 'msk')
    return refused(
      `${spec.kafka} has no public addresses`,
      'Take --kafka msk, or leave --public-brokers out.'
    );
  if (spec.kafkaAuth !== 'iam')
    return refused(
      `only IAM is open to the internet, not ${spec.kafkaAuth}`,
      'Take IAM as the login, or leave --public-brokers out.'
    );
  if (spec.subnets !== 'public')
    return refused(
      'their subnets are private',
      'Take public subnets, or leave --public-brokers out.'
    );
  if (clientCidr === undefined)
    return refused(
      'it is not known which address is to reach them',
      'Check the connection to the internet, or leave --public-brokers out.'
    );
  return null;
};

/** A rule for the whole internet is none. */
const clientCidr: Check = (_, { clientCidr: cidr }) =>
  cidr === undefined || /^(?:\d{1,3}\.){3}\d{1,3}\/(?:[89]|[12]\d|3[0-2])$/.test(cidr)
    ? null
    : {
        message: `${cidr} cannot be let in to the brokers`,
        why: 'it is no range of IPv4 addresses, or a range of more than a /8',
        next: 'Name your own address, such as 203.0.113.7/32.'
      };

const eks: Check = ({ spark, eks: given, vpc }) => {
  if (spark !== 'emr-eks')
    return given === null
      ? null
      : {
          message: `${spark} does not run on the EKS cluster ${given.cluster}`,
          why: 'only emr-eks does',
          next: 'Take --spark emr-eks, or leave the EKS cluster out.'
        };
  if (given === null)
    return {
      message: 'EMR on EKS needs an EKS cluster',
      why: 'Headrace makes none',
      next: 'Name a cluster that is there and a namespace in it, or take --spark emr-serverless.'
    };
  return vpc === 'new'
    ? {
        message: `Kafka in a new VPC cannot be reached from the EKS cluster ${given.cluster}`,
        why: 'its pods are in a VPC of their own',
        next: 'Name the VPC of that cluster with --vpc, and two or three of its subnets.'
      }
    : null;
};

const zones: Check = ({ vpc, kafka }, { zones: found }) => {
  const repeated = new Set(found).size < found.length;
  if (found.length < 2 || repeated)
    return {
      message: 'The environment needs two availability zones',
      why: repeated ? `${found.join(', ')} has one twice` : `only ${found.join()} is there`,
      next: 'Choose another --region, or subnets in different zones.'
    };
  if (vpc === 'new')
    return found.length <= 3
      ? null
      : {
          message: `The environment cannot be spread over ${found.length} availability zones`,
          why: 'two or three are enough for all services',
          next: 'Choose three of them.'
        };
  if (vpc.subnets.length !== found.length)
    return {
      message: `${vpc.subnets.length} subnets cannot be in ${found.length} availability zones`,
      why: 'each broker group has a zone of its own',
      next: 'Name subnets that are each in another zone.'
    };
  // https://docs.aws.amazon.com/msk/latest/developerguide/msk-create-cluster.html
  return kafka === 'msk' && vpc.subnets.length > 3
    ? {
        message: `MSK cannot be spread over ${vpc.subnets.length} subnets`,
        why: 'it takes two or three',
        next: 'Name two or three subnets.'
      }
    : null;
};

/** Labels of images, which only EKS has. */
const release: Check = ({ release: label, spark }) => {
  capabilitiesOf(label);
  return spark === 'emr-eks' || !/-(?:latest|\d{8})$/.test(label)
    ? null
    : {
        message: `${spark} has no release ${label}`,
        why: 'only EMR on EKS has releases with a date',
        next: `Take --release ${label.replace(/-(?:latest|\d{8})$/, '')}.`
      };
};

/** Tags that AWS would refuse after minutes. https://docs.aws.amazon.com/general/latest/gr/aws_tagging.html */
const tags: Check = (_, { notebook, owner }) => {
  const wrong = [notebook, owner].find(
    value => value.length > 256 || !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(value)
  );
  return wrong === undefined
    ? null
    : {
        message: `${wrong.slice(0, 40)} cannot be a tag`,
        why: 'tags have at most 256 letters, digits, spaces and _.:/=+-@',
        next: 'Rename the notebook.'
      };
};

const CHECKS: readonly Check[] = [kafkaAuth, publicBrokers, clientCidr, eks, zones, release, tags];

/** Throws HR_USAGE for what cannot be: the first contradiction, why it is one, and what to do. */
export function validateSpec(spec: EnvironmentSpec, resolved: Resolved): void {
  for (const check of CHECKS) {
    const found = check(spec, resolved);
    if (found === null) continue;
    const { message, why, next } = found;
    throw new HeadraceError('HR_USAGE', message, { why, next });
  }
}
