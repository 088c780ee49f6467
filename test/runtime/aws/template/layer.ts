import assert from 'node:assert/strict';
import type { Layer, Resolved } from '../../../../src/runtime/aws/environment/spec.ts';
import { synthesize } from '../../../../src/runtime/aws/template/synthesize.ts';
import { RESOLVED, specOf } from './matrix.ts';
import { statementsOf } from './policies.ts';
import { fieldsOf } from './walk.ts';

export type Options = Readonly<Record<string, unknown>>;

export const GIVEN = { id: 'vpc-01', subnets: ['subnet-01', 'subnet-02'] };
export const TWO_ZONES = { zones: ['eu-west-1a', 'eu-west-1b'] };
export const ON_EC2 = { kafka: 'ec2', kafkaAuth: 'none' };
export const ON_EKS = { spark: 'emr-eks', eks: { cluster: 'analytics', namespace: 'streams' } };

/** One layer of the environment `clicks`, easy to look into. */
export function layer(which: Layer, options: Options = {}, resolved: Partial<Resolved> = {}) {
  const plans = synthesize(specOf({ name: 'clicks', ...options }), { ...RESOLVED, ...resolved });
  const plan = plans.find(one => one.layer === which);
  assert.ok(plan !== undefined);
  const { template, parameters } = plan;
  return {
    template,
    parameters,
    properties: (id: string) => fieldsOf(template.Resources[id]?.Properties),
    ids: (type: string) =>
      Object.keys(template.Resources).filter(id => template.Resources[id]?.Type === type),
    sids: statementsOf(template).map(one => one.sid)
  };
}
