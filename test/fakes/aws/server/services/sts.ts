import * as sdk from '@aws-sdk/client-sts';
import type { Action, Service } from './service.ts';

const getCallerIdentity: Action<
  sdk.GetCallerIdentityCommandInput,
  sdk.GetCallerIdentityCommandOutput
> = (_, { world, caller }) => ({
  UserId: caller.accessKeyId,
  Account: world.account,
  Arn: caller.arn
});

/** https://docs.aws.amazon.com/STS/latest/APIReference/ */
export const sts: Service = {
  name: 'sts',
  signingName: 'sts',
  sdk,
  protocol: 'query',
  actions: { GetCallerIdentity: getCallerIdentity }
};
