/** Small templates for the tests of the server. */
export const network = {
  AWSTemplateFormatVersion: '2010-09-09',
  Description: 'A network',
  Parameters: { Zone: { Type: 'String', Description: 'Where', Default: 'eu-west-1a' } },
  Resources: {
    Vpc: {
      Type: 'AWS::EC2::VPC',
      Properties: { CidrBlock: '10.0.0.0/16', Tags: [{ Key: 'Name', Value: 'ours' }] }
    },
    Subnet: {
      Type: 'AWS::EC2::Subnet',
      Properties: {
        VpcId: { Ref: 'Vpc' },
        CidrBlock: '10.0.0.0/24',
        AvailabilityZone: { Ref: 'Zone' }
      }
    },
    Kafka: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { GroupDescription: 'Kafka', VpcId: { Ref: 'Vpc' } }
    },
    Spark: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { GroupDescription: 'Spark', VpcId: { Ref: 'Vpc' } }
    },
    FromSpark: {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: {
        GroupId: { 'Fn::GetAtt': ['Kafka', 'GroupId'] },
        IpProtocol: 'tcp',
        FromPort: 9098,
        ToPort: 9098,
        SourceSecurityGroupId: { Ref: 'Spark' }
      }
    },
    Bucket: { Type: 'AWS::S3::Bucket' }
  },
  Outputs: {
    VpcId: { Description: 'VPC', Value: { Ref: 'Vpc' } },
    SubnetIds: { Description: 'Subnets', Value: { 'Fn::Join': [',', [{ Ref: 'Subnet' }]] } },
    KafkaSecurityGroupId: { Description: 'Kafka', Value: { Ref: 'Kafka' } },
    SparkSecurityGroupId: { Description: 'Spark', Value: { Ref: 'Spark' } },
    BucketName: { Description: 'Bucket', Value: { 'Fn::Sub': '${Bucket}' } }
  }
};

export const kafka = {
  AWSTemplateFormatVersion: '2010-09-09',
  Description: 'Kafka',
  Resources: {
    Cluster: {
      Type: 'AWS::MSK::Cluster',
      Properties: {
        ClusterName: 'headrace-demo',
        KafkaVersion: '3.9.x.kraft',
        NumberOfBrokerNodes: 2,
        BrokerNodeGroupInfo: {
          ClientSubnets: ['subnet-1', 'subnet-2'],
          InstanceType: 'kafka.t3.small',
          SecurityGroups: ['sg-1']
        },
        ClientAuthentication: { Sasl: { Iam: { Enabled: true } } }
      }
    }
  },
  Outputs: { ClusterArn: { Description: 'ARN', Value: { 'Fn::GetAtt': ['Cluster', 'Arn'] } } }
};

export const spark = {
  AWSTemplateFormatVersion: '2010-09-09',
  Description: 'Spark',
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'headrace-demo-runtime',
        AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] }
      }
    },
    Application: {
      Type: 'AWS::EMRServerless::Application',
      Properties: {
        Name: 'headrace-demo',
        ReleaseLabel: 'emr-7.14.0',
        Type: 'SPARK',
        MaximumCapacity: { Cpu: '16 vCPU', Memory: '64 GB' },
        InteractiveConfiguration: { LivyEndpointEnabled: true }
      }
    }
  },
  Outputs: {
    ApplicationId: { Description: 'Id', Value: { Ref: 'Application' } },
    ExecutionRoleArn: { Description: 'Role', Value: { 'Fn::GetAtt': ['Role', 'Arn'] } }
  }
};
