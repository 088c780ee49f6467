import {
  environmentSpecSchema,
  type EnvironmentSpec
} from '../../../../src/runtime/aws/environment/spec.ts';

const HOUR_MS = 3_600_000;

/** A spec as a person would ask for it; what is left out has its default. */
export function spec(asked: Record<string, unknown> = {}): EnvironmentSpec {
  return environmentSpecSchema.parse({ name: 'demo', region: 'us-east-1', ...asked });
}

/** The environments of docs/aws/cost.md, by the letter they have there. */
export const REFERENCES = {
  A: { spec: spec({ ttlMs: 8 * HOUR_MS }), zones: 3 },
  B: {
    spec: spec({
      region: 'eu-west-1',
      subnets: 'public',
      kafka: 'ec2',
      kafkaAuth: 'none',
      spark: 'emr-ec2',
      ttlMs: 4 * HOUR_MS
    }),
    zones: 3
  },
  C: {
    spec: spec({
      region: 'us-west-2',
      vpc: { id: 'vpc-0a1b2c', subnets: ['subnet-0a', 'subnet-0b', 'subnet-0c'] },
      kafka: 'msk-serverless',
      spark: 'emr-eks',
      size: 'standard',
      eks: { cluster: 'shared', namespace: 'streams' },
      ttlMs: 24 * HOUR_MS
    }),
    zones: 3
  }
} as const;
