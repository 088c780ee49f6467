import { tagsOf, type LayerContext } from '../context.ts';
import { HTTPS_OUT, passage, securityGroup } from '../net/rules.ts';
import { PLAIN_PORT } from '../ports.ts';
import { OUTPUTS } from '../types.ts';
import { attribute, pick, ref, type Fragment } from '../values.ts';
import { TOOLS_SCRIPT } from './install-script.ts';
import { machine, machineRole, userData, volume } from './machine.ts';

/** Where a person has the tools of Kafka at hand. It has an address to fetch them, and no rule that lets anybody in. */
export function bastion(context: LayerContext): Fragment {
  const { bastion: size } = context.sizes;
  const group = attribute('BastionGroup', 'GroupId');
  const reach = passage('BastionToKafka', {
    from: group,
    to: ref(OUTPUTS.net.kafkaGroup),
    protocol: 'tcp',
    ports: [PLAIN_PORT, PLAIN_PORT],
    why: 'Tools on the bastion'
  });
  return {
    resources: {
      BastionGroup: securityGroup(
        ref(OUTPUTS.net.vpc),
        'The bastion, reached by Session Manager',
        HTTPS_OUT,
        tagsOf(context, 'bastion')
      ),
      ...reach,
      ...machineRole(context, 'Bastion'),
      Bastion: machine(context, {
        what: 'bastion',
        instanceType: size.instanceType,
        profile: 'BastionProfile',
        networkInterface: {
          DeviceIndex: '0',
          AssociatePublicIpAddress: true,
          DeleteOnTermination: true,
          SubnetId: pick(0, ref(OUTPUTS.net.publicSubnets)),
          GroupSet: [group]
        },
        volumes: [volume('/dev/xvda', size.rootGiB)],
        userData: userData(context, 'Bastion', {}, TOOLS_SCRIPT)
      })
    },
    outputs: {},
    inputs: [OUTPUTS.net.vpc, OUTPUTS.net.publicSubnets, OUTPUTS.net.kafkaGroup, OUTPUTS.net.bucket]
  };
}
