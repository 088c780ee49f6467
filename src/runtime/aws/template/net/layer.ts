import type { LayerContext } from '../context.ts';
import { OUTPUTS } from '../types.ts';
import { attribute, join, ref, type Fragment, type Outputs } from '../values.ts';
import { bucket } from './bucket.ts';
import { securityGroups } from './groups.ts';
import { network, subnetsOf } from './network.ts';

function outputs(context: LayerContext): Outputs {
  const { spec } = context;
  const subnets = subnetsOf(context);
  return {
    [OUTPUTS.net.vpc]: {
      Description: 'The VPC',
      Value: spec.vpc === 'new' ? ref('Vpc') : spec.vpc.id
    },
    [OUTPUTS.net.subnets]: {
      Description: 'Subnets of Kafka and Spark',
      Value: join(',', subnets.machines)
    },
    ...(subnets.public === null
      ? {}
      : {
          [OUTPUTS.net.publicSubnets]: {
            Description: 'Subnets with a way to and from the internet',
            Value: join(',', subnets.public)
          }
        }),
    [OUTPUTS.net.kafkaGroup]: {
      Description: 'Security group of the brokers',
      Value: attribute('KafkaGroup', 'GroupId')
    },
    [OUTPUTS.net.sparkGroup]: {
      Description: 'Security group that may reach the brokers; pods on EKS can be given it',
      Value: attribute('SparkGroup', 'GroupId')
    },
    [OUTPUTS.net.bucket]: {
      Description: 'Jobs, jars, checkpoints and logs',
      Value: ref('Bucket')
    }
  };
}

/** The network, who may talk to whom in it, and the bucket. */
export function netLayer(context: LayerContext): Fragment {
  const { spec } = context;
  return {
    resources: {
      ...(spec.vpc === 'new' ? network(context) : {}),
      ...securityGroups(context, spec.vpc === 'new' ? ref('Vpc') : spec.vpc.id),
      ...bucket(context)
    },
    outputs: outputs(context),
    inputs: []
  };
}
