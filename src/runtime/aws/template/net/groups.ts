import { EMR_TAG } from '../tags.ts';
import { tagsOf, type LayerContext } from '../context.ts';
import { clientPort, CONTROLLER_PORT, PLAIN_PORT, PUBLIC_IAM_PORT } from '../ports.ts';
import type { Resource, Value } from '../types.ts';
import { attribute, type Resources } from '../values.ts';
import { HTTPS_OUT, NOTHING_OUT, passage, securityGroup } from './rules.ts';

/** Brokers of MSK call nobody; those on EC2 fetch Kafka and packages. */
function groups(context: LayerContext, vpc: Value): Resources {
  const { spec } = context;
  const emr = spec.spark === 'emr-ec2' ? EMR_TAG : {};
  return {
    KafkaGroup: securityGroup(
      vpc,
      'Kafka brokers',
      spec.kafka === 'ec2' ? HTTPS_OUT : NOTHING_OUT,
      tagsOf(context, 'kafka')
    ),
    SparkGroup: securityGroup(
      vpc,
      'Spark drivers and executors',
      HTTPS_OUT,
      tagsOf(context, 'spark', emr)
    )
  };
}

/** Brokers on EC2 copy from each other and vote. */
function amongBrokers(): Resources {
  const group = attribute('KafkaGroup', 'GroupId');
  return passage('AmongBrokers', {
    from: group,
    to: group,
    protocol: 'tcp',
    ports: [PLAIN_PORT, CONTROLLER_PORT],
    why: 'Brokers and controllers among themselves'
  });
}

function ingress(port: number, why: string, source: Record<string, Value>): Resource {
  return {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: {
      GroupId: attribute('KafkaGroup', 'GroupId'),
      IpProtocol: 'tcp',
      FromPort: port,
      ToPort: port,
      Description: why,
      ...source
    }
  };
}

/** Who is not in a group of the environment. */
function fromOutside({ spec, resolved }: LayerContext): Resources {
  const { clientCidr, eksSecurityGroup } = resolved;
  return {
    ...(spec.publicBrokers && clientCidr !== undefined
      ? { ClientsIn: ingress(PUBLIC_IAM_PORT, 'The notebook', { CidrIp: clientCidr }) }
      : {}),
    // The group of somebody else's cluster lets everything out unless they changed it; ours is to change nothing there.
    ...(spec.spark === 'emr-eks' && eksSecurityGroup !== undefined
      ? {
          EksIn: ingress(clientPort(spec), 'Pods of the EKS cluster', {
            SourceSecurityGroupId: eksSecurityGroup
          })
        }
      : {})
  };
}

/** The groups of Kafka and Spark, and what may pass between them: the port of the brokers, nothing else. */
export function securityGroups(context: LayerContext, vpc: Value): Resources {
  const port = clientPort(context.spec);
  return {
    ...groups(context, vpc),
    ...passage('SparkToKafka', {
      from: attribute('SparkGroup', 'GroupId'),
      to: attribute('KafkaGroup', 'GroupId'),
      protocol: 'tcp',
      ports: [port, port],
      why: 'Spark reads and writes topics'
    }),
    ...(context.spec.kafka === 'ec2' ? amongBrokers() : {}),
    ...fromOutside(context)
  };
}
