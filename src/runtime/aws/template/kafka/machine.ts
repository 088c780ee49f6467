import { tagsOf, type LayerContext } from '../context.ts';
import { folderStatement, sessionManagerPolicy } from '../iam/spark-access.ts';
import { role, trust } from '../iam/policy.ts';
import { lastingTags, tagList } from '../tags.ts';
import { OUTPUTS, type Resource, type Value } from '../types.ts';
import { attribute, base64, join, ref, text, type Resources } from '../values.ts';
import { KAFKA_ARCHIVE_KEY, KAFKA_FOLDER } from './archive.ts';

/**
 * EC2 looks the image up when it starts a machine. A parameter of the template would be looked up at every update, and
 * a new image, of which there is one every week or two, would replace the brokers.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
 */
const IMAGE = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';

/**
 * What all machines share: the newest Amazon Linux, and credentials that a tricked program cannot fetch. Its tags stay as
 * they are, or there would be a new version, and new machines.
 */
export function machineTemplate(context: LayerContext): Resource {
  return {
    Type: 'AWS::EC2::LaunchTemplate',
    Properties: {
      LaunchTemplateData: {
        ImageId: IMAGE,
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 }
      },
      TagSpecifications: [
        { ResourceType: 'launch-template', Tags: tagList(lastingTags(context.tags)) }
      ]
    }
  };
}

/** A role for machines that fetch Kafka from the bucket and are reached by Session Manager. */
export function machineRole(context: LayerContext, name: string): Resources {
  return {
    [`${name}Role`]: role({
      description: 'Fetches Kafka, and is reached by Session Manager',
      trust: trust('ec2.amazonaws.com'),
      statements: [folderStatement(context, KAFKA_FOLDER)],
      managed: [sessionManagerPolicy(context)],
      tags: tagsOf(context, name.toLowerCase())
    }),
    [`${name}Profile`]: {
      Type: 'AWS::IAM::InstanceProfile',
      Properties: { Roles: [ref(`${name}Role`)] }
    }
  };
}

/** A volume that goes with its machine. */
export function volume(device: string, gib: number): Value {
  return {
    DeviceName: device,
    Ebs: { VolumeType: 'gp3', VolumeSize: gib, Encrypted: true, DeleteOnTermination: true }
  };
}

/** A script behind the values that it needs. */
export function userData(
  context: LayerContext,
  resource: string,
  variables: Readonly<Record<string, Value>>,
  script: string
): Value {
  const all: Readonly<Record<string, Value>> = {
    STACK: ref('AWS::StackId'),
    RESOURCE: resource,
    REGION: context.spec.region,
    BUCKET: ref(OUTPUTS.net.bucket),
    ARCHIVE: KAFKA_ARCHIVE_KEY,
    ...variables
  };
  const lines = Object.entries(all).map(([name, value]) => text(`${name}='`, value, `'`));
  return base64(join('\n', ['#!/bin/bash', ...lines, script]));
}

/** Properties of every machine. */
export function machine(
  context: LayerContext,
  fields: {
    readonly what: string;
    readonly instanceType: string;
    readonly profile: string;
    readonly networkInterface: Value;
    readonly volumes: readonly Value[];
    readonly userData: Value;
  }
): Resource {
  return {
    Type: 'AWS::EC2::Instance',
    CreationPolicy: { ResourceSignal: { Count: 1, Timeout: 'PT15M' } },
    Properties: {
      LaunchTemplate: {
        LaunchTemplateId: ref('MachineTemplate'),
        Version: attribute('MachineTemplate', 'LatestVersionNumber')
      },
      InstanceType: fields.instanceType,
      IamInstanceProfile: ref(fields.profile),
      NetworkInterfaces: [fields.networkInterface],
      BlockDeviceMappings: fields.volumes,
      PropagateTagsToVolumeOnCreation: true,
      UserData: fields.userData,
      Tags: tagsOf(context, fields.what)
    }
  };
}
