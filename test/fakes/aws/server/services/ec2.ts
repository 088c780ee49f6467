import * as sdk from '@aws-sdk/client-ec2';
import { groupActions } from './ec2/groups.ts';
import { machineActions } from './ec2/machines.ts';
import { networkActions } from './ec2/network.ts';
import type { Service } from './service.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/ */
export const ec2: Service = {
  name: 'ec2',
  signingName: 'ec2',
  sdk,
  protocol: 'ec2',
  actions: { ...networkActions, ...groupActions, ...machineActions }
};
