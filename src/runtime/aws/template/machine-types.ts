import { hasBastion, sizesOf } from '../environment/sizes.ts';
import type { EnvironmentSpec } from '../environment/spec.ts';

/** EC2 instance types of the templates, which the zones of the environment have to offer. */
export function machineTypes(spec: EnvironmentSpec): readonly string[] {
  const { kafkaOnEc2, bastion, emrOnEc2 } = sizesOf(spec.size);
  return [
    ...new Set([
      ...(spec.kafka === 'ec2' ? [kafkaOnEc2.instanceType] : []),
      ...(hasBastion(spec) ? [bastion.instanceType] : []),
      ...(spec.spark === 'emr-ec2' ? [emrOnEc2.primaryType, emrOnEc2.coreType] : [])
    ])
  ];
}
