import {
  environmentSpecSchema,
  type EnvironmentSpec,
  type Resolved
} from '../../../../src/runtime/aws/environment/spec.ts';
import { synthesize } from '../../../../src/runtime/aws/template/synthesize.ts';
import type { StackPlan, Template } from '../../../../src/runtime/aws/template/types.ts';

/** One environment that can be asked for. */
export interface MatrixCase {
  readonly name: string;
  readonly spec: EnvironmentSpec;
  readonly resolved: Resolved;
}

export const RESOLVED: Resolved = {
  account: '123456789012',
  partition: 'aws',
  zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  owner: 'arn:aws:sts::123456789012:assumed-role/data/somebody@example.org',
  notebook: 'clicks-6f1d',
  expiresAt: Date.UTC(2026, 10, 28, 20)
};

const GIVEN_VPC = {
  id: 'vpc-0a1b2c3d',
  subnets: ['subnet-0a1b2c01', 'subnet-0a1b2c02', 'subnet-0a1b2c03']
};

/** The longest name that there can be, so that every length is tried. */
export const LONGEST_NAME = 'an-environment-of-25-char';

export function specOf(fields: Readonly<Record<string, unknown>> = {}): EnvironmentSpec {
  return environmentSpecSchema.parse({ name: LONGEST_NAME, region: 'eu-west-1', ...fields });
}

const KAFKAS = [
  { kafka: 'msk', kafkaAuth: 'iam' },
  { kafka: 'msk', kafkaAuth: 'scram' },
  { kafka: 'msk', kafkaAuth: 'mtls' },
  { kafka: 'msk', kafkaAuth: 'none' },
  { kafka: 'msk-serverless', kafkaAuth: 'iam' },
  { kafka: 'ec2', kafkaAuth: 'none' }
];
const SPARKS = [
  { spark: 'emr-serverless' },
  { spark: 'emr-ec2' },
  { spark: 'emr-ec2', release: 'emr-spark-8.1.0' },
  { spark: 'emr-eks', eks: { cluster: 'analytics', namespace: 'streams' } }
];

type Fields = Readonly<Record<string, unknown>>;

function caseOf(fields: Fields, resolved: Partial<Resolved> = {}): MatrixCase {
  const named = Object.entries(fields).map(([name, value]) => {
    if (name === 'vpc') return value === 'new' ? 'new' : 'given';
    if (name === 'eks') return '';
    return typeof value === 'boolean' ? (value ? name : '') : String(value);
  });
  const extra = Object.keys(resolved);
  const name = [...named, ...extra].filter(part => part !== '').join('-');
  return { name, spec: specOf(fields), resolved: { ...RESOLVED, ...resolved } };
}

function* combinations(): Generator<MatrixCase> {
  for (const vpc of ['new', GIVEN_VPC])
    for (const subnets of ['private', 'public'])
      for (const kafka of KAFKAS)
        for (const spark of SPARKS)
          if (spark.spark !== 'emr-eks' || vpc !== 'new')
            yield caseOf({ vpc, subnets, ...kafka, ...spark });
}

function* others(): Generator<MatrixCase> {
  for (const size of ['standard', 'large'])
    for (const kafka of [{ kafka: 'msk' }, { kafka: 'ec2', kafkaAuth: 'none' }])
      for (const subnets of ['private', 'public'])
        for (const spark of ['emr-serverless', 'emr-ec2'])
          yield caseOf({ size, subnets, ...kafka, spark });
  for (const zones of [['us-west-1a', 'us-west-1c']])
    for (const kafka of ['msk', 'msk-serverless'])
      yield caseOf({ region: 'us-west-1', kafka }, { zones });
  yield caseOf(
    { subnets: 'public', kafka: 'msk', publicBrokers: true },
    { clientCidr: '203.0.113.7/32' }
  );
  yield caseOf({ vpc: GIVEN_VPC, kafka: 'msk', ...SPARKS[3] }, { eksSecurityGroup: 'sg-0a1b2c3d' });
  yield caseOf({ spark: 'emr-serverless', release: 'emr-spark-8.1.0' });
}

/** Every sensible environment, by a name of its own. */
export const MATRIX: readonly MatrixCase[] = [...combinations(), ...others()];

/** The environment of the golden file. */
export const REFERENCE = caseOf({ kafka: 'msk', spark: 'emr-serverless', size: 'standard' });

/** One template that some environment of the matrix has, with the first of them. */
export interface MatrixTemplate {
  readonly name: string;
  readonly template: Template;
  readonly plan: StackPlan;
  readonly of: MatrixCase;
}

/** All templates of the matrix; those that are alike once. */
export function matrixTemplates(): readonly MatrixTemplate[] {
  const byText = new Map<string, MatrixTemplate>();
  for (const one of MATRIX)
    for (const plan of synthesize(one.spec, one.resolved)) {
      const text = JSON.stringify(plan.template);
      if (byText.has(text)) continue;
      const name = `${one.name}-${plan.layer}`;
      byText.set(text, { name, template: plan.template, plan, of: one });
    }
  return [...byText.values()];
}
