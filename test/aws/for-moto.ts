import {
  OUTPUTS,
  type StackPlan,
  type Template,
  type Value
} from '../../src/runtime/aws/template/types.ts';
import { fieldsOf, inside, listOf, textOf } from '../runtime/aws/template/walk.ts';

/** What is not made: behind CloudFormation moto has no Kafka, no Spark and no EKS, and the others serve these alone. */
const LEFT_OUT =
  /^AWS::(?:ACMPCA|EKS|EMR|EMRContainers|EMRServerless|KMS|Logs|MSK|SecretsManager)::/;

/** The cluster that Spark is told of where none is made. */
export const CLUSTER_ARN =
  'arn:aws:kafka:eu-west-1:123456789012:cluster/orders/0a1b2c3d-0000-4000-8000-000000000000-2';

function namesIn(value: Value): readonly string[] {
  return [...inside(value)].flatMap(part => {
    const { Ref, 'Fn::GetAtt': attribute } = fieldsOf(part);
    const [target] = listOf(attribute);
    return [Ref, target].filter(name => name !== undefined).map(textOf);
  });
}

/** A plan with those of its resources that moto makes: network, groups, rules, bucket, roles and machines. */
export function forMoto(plan: StackPlan): StackPlan {
  const { template } = plan;
  const resources: Template['Resources'] = Object.fromEntries(
    Object.entries(template.Resources).filter(([, { Type }]) => !LEFT_OUT.test(Type))
  );
  const isMade = (name: string) => name in resources || !(name in template.Resources);
  const outputs = Object.entries(template.Outputs ?? {}).flatMap(([name, output]) => {
    if (namesIn(output.Value).every(isMade)) return [[name, output] as const];
    return name === OUTPUTS.kafka.cluster
      ? [[name, { ...output, Value: CLUSTER_ARN }] as const]
      : [];
  });
  return {
    ...plan,
    template: { ...template, Resources: resources, Outputs: Object.fromEntries(outputs) }
  };
}
