import { kafka, network, spark } from '../templates.ts';

/** Templates with something of everything that the actions ask for. */
export function tourStacks(): readonly object[] {
  const machines = {
    Machine: { Type: 'AWS::EC2::Instance', Properties: { InstanceType: 't4g.nano' } },
    Disk: { Type: 'AWS::EC2::Volume', Properties: { Size: 8 } },
    Endpoint: {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: { VpcId: { Ref: 'Vpc' }, ServiceName: 'com.amazonaws.eu-west-1.s3' }
    },
    Nat: { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: { Ref: 'Subnet' } } }
  };
  const more = {
    Emr: {
      Type: 'AWS::EMR::Cluster',
      Properties: {
        Name: 'demo',
        ReleaseLabel: 'emr-7.14.0',
        Applications: [{ Name: 'Spark' }, { Name: 'Livy' }],
        Instances: { CoreInstanceGroup: { InstanceCount: 2, InstanceType: 'm7g.xlarge' } }
      }
    },
    Virtual: {
      Type: 'AWS::EMRContainers::VirtualCluster',
      Properties: { Name: 'demo', ContainerProvider: { Type: 'EKS', Id: 'ours' } }
    }
  };
  return [
    { ...network, Resources: { ...network.Resources, ...machines } },
    kafka,
    {
      ...spark,
      Resources: { ...spark.Resources, ...more },
      Outputs: {
        ...spark.Outputs,
        ClusterId: { Description: 'EMR', Value: { Ref: 'Emr' } },
        VirtualClusterId: { Description: 'EKS', Value: { Ref: 'Virtual' } }
      }
    }
  ];
}
