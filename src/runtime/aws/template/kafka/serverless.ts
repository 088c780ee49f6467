import { prefixOf, type LayerContext } from '../context.ts';
import { OUTPUTS } from '../types.ts';
import { ref, type Fragment } from '../values.ts';

/** An MSK Serverless cluster: IAM is its only login. https://docs.aws.amazon.com/msk/latest/developerguide/serverless.html */
export function mskServerless(context: LayerContext): Fragment {
  return {
    resources: {
      Cluster: {
        Type: 'AWS::MSK::ServerlessCluster',
        Properties: {
          ClusterName: prefixOf(context.spec),
          VpcConfigs: [
            {
              SubnetIds: ref(OUTPUTS.net.subnets),
              SecurityGroups: [ref(OUTPUTS.net.kafkaGroup)]
            }
          ],
          ClientAuthentication: { Sasl: { Iam: { Enabled: true } } },
          Tags: context.tags
        }
      }
    },
    outputs: {
      [OUTPUTS.kafka.cluster]: { Description: 'ARN of the cluster', Value: ref('Cluster') }
    },
    inputs: [OUTPUTS.net.subnets, OUTPUTS.net.kafkaGroup]
  };
}
