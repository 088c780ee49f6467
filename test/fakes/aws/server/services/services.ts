import { readerOf, type Reader } from '../wire/protocols.ts';
import { cloudformation } from './cloudformation.ts';
import { ec2 } from './ec2.ts';
import { emrContainers } from './emr-containers.ts';
import { emr } from './emr.ts';
import { emrServerless } from './emr-serverless.ts';
import { kafka } from './kafka.ts';
import { pricing } from './pricing.ts';
import { s3 } from './s3.ts';
import type { Service } from './service.ts';
import { ssm } from './ssm.ts';
import { sts } from './sts.ts';
import { tagging } from './tagging.ts';

export interface Served {
  readonly service: Service;
  readonly read: Reader;
}

const SERVICES: readonly Service[] = [
  sts,
  cloudformation,
  ec2,
  emrServerless,
  kafka,
  s3,
  tagging,
  emr,
  emrContainers,
  ssm,
  pricing
];

/** All services by the name that a signature gives them. */
export function servedBySigningName(): ReadonlyMap<string, Served> {
  return new Map(
    SERVICES.map(service => [service.signingName, { service, read: readerOf(service) }])
  );
}
