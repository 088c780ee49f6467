import { randomUUID } from 'node:crypto';
import { awsAccount, type AccountPort } from '../control/account.ts';
import { awsClients, type AwsClients } from '../control/clients.ts';
import { cloudFormationStacks } from '../control/cloudformation.ts';
import { emrSend, ssmSend, type EmrSend, type SsmSend } from '../emr/ec2/operations.ts';
import { s3Send, type S3Send } from '../emr/jobs/storage.ts';
import { emrServerlessSend, type EmrServerlessSend } from '../emr/serverless/operations.ts';
import type { EngineWorld } from '../engine/world.ts';
import { mskSend, type MskSend } from '../msk/operations.ts';
import type { AwsServicesOptions } from './options.ts';

/** The account in one region, as its services are asked. */
export interface AwsPlace {
  readonly region: string;
  readonly clients: AwsClients;
  readonly world: EngineWorld;
  readonly account: AccountPort;
  readonly msk: MskSend;
  readonly emr: EmrSend;
  readonly serverless: EmrServerlessSend;
  readonly ssm: SsmSend;
  readonly s3: S3Send;
}

/** Opens a region; no client is loaded before something is asked. */
export function openPlace(region: string, options: AwsServicesOptions): AwsPlace {
  const { env, clock, requests, random = Math.random } = options;
  const profile = env['AWS_PROFILE'];
  const clients = awsClients({
    region,
    env,
    ...requests,
    ...(profile === undefined || profile === '' ? {} : { profile })
  });
  const pace = { clock, random };
  return {
    region,
    clients,
    world: { ...pace, stacks: cloudFormationStacks(clients, pace), token: () => randomUUID() },
    account: awsAccount(clients),
    msk: mskSend(clients),
    emr: emrSend(clients),
    serverless: emrServerlessSend(clients),
    ssm: ssmSend(clients),
    s3: s3Send(clients)
  };
}

/** One place for each region, opened when it is first asked for. */
export function openPlaces(options: AwsServicesOptions): (region: string) => AwsPlace {
  const places = new Map<string, AwsPlace>();
  return region => {
    const place = places.get(region) ?? openPlace(region, options);
    places.set(region, place);
    return place;
  };
}
