import {
  LAYERS,
  stackName,
  type EnvironmentSpec,
  type Layer,
  type Resolved
} from '../environment/spec.ts';
import { layerContext, type LayerContext } from './context.ts';
import { kafkaLayer } from './kafka/layer.ts';
import { netLayer } from './net/layer.ts';
import { sparkLayer } from './spark/layer.ts';
import {
  OUTPUTS,
  type ParameterSource,
  type StackPlan,
  type Template,
  type TemplateParameter
} from './types.ts';
import { validateSpec } from './validate.ts';
import type { Fragment } from './values.ts';

const MAKERS: Readonly<Record<Layer, (context: LayerContext) => Fragment>> = {
  net: netLayer,
  kafka: kafkaLayer,
  spark: sparkLayer
};

const WHAT: Readonly<Record<Layer, string>> = {
  net: 'network, security groups and bucket',
  kafka: 'Kafka',
  spark: 'Spark'
};

interface Input {
  readonly source: ParameterSource;
  readonly type: string;
  readonly description: string;
}

/** Outputs that later layers take, under the same name. */
const INPUTS: Readonly<Record<string, Input>> = {
  [OUTPUTS.net.vpc]: net(OUTPUTS.net.vpc, 'AWS::EC2::VPC::Id', 'The VPC'),
  [OUTPUTS.net.subnets]: net(
    OUTPUTS.net.subnets,
    'List<AWS::EC2::Subnet::Id>',
    'Subnets of Kafka and Spark'
  ),
  [OUTPUTS.net.publicSubnets]: net(
    OUTPUTS.net.publicSubnets,
    'List<AWS::EC2::Subnet::Id>',
    'Subnets with a way to the internet'
  ),
  [OUTPUTS.net.kafkaGroup]: net(
    OUTPUTS.net.kafkaGroup,
    'AWS::EC2::SecurityGroup::Id',
    'Security group of the brokers'
  ),
  [OUTPUTS.net.sparkGroup]: net(
    OUTPUTS.net.sparkGroup,
    'AWS::EC2::SecurityGroup::Id',
    'Security group of Spark'
  ),
  [OUTPUTS.net.bucket]: net(OUTPUTS.net.bucket, 'String', 'The bucket of the environment'),
  [OUTPUTS.kafka.cluster]: {
    source: { layer: 'kafka', output: OUTPUTS.kafka.cluster },
    type: 'String',
    description: 'ARN of the Kafka cluster'
  }
};

function net(output: string, type: string, description: string): Input {
  return { source: { layer: 'net', output }, type, description };
}

function inputsOf(names: readonly string[]): (readonly [string, Input])[] {
  return names.flatMap(name => {
    const input = INPUTS[name];
    return input === undefined ? [] : [[name, input] as const];
  });
}

/** An empty section is an error to CloudFormation. */
function section<T extends object>(name: string, entries: T): Record<string, T> {
  return Object.keys(entries).length === 0 ? {} : { [name]: entries };
}

function templateOf(context: LayerContext, fragment: Fragment): Template {
  const parameters: Record<string, TemplateParameter> = Object.fromEntries(
    inputsOf(fragment.inputs).map(([name, { type, description }]) => [
      name,
      { Type: type, Description: description }
    ])
  );
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Headrace environment ${context.spec.name}: ${WHAT[context.layer]}`,
    ...section('Parameters', parameters),
    Resources: fragment.resources,
    ...section('Outputs', fragment.outputs)
  };
}

function planOf(context: LayerContext): StackPlan {
  const { spec, layer, tags } = context;
  const fragment = MAKERS[layer](context);
  return {
    layer,
    name: stackName(spec.name, layer),
    template: templateOf(context, fragment),
    parameters: Object.fromEntries(
      inputsOf(fragment.inputs).map(([name, { source }]) => [name, source])
    ),
    tags
  };
}

/**
 * The stacks of an environment, in the order in which they are made. The same answer to the same question, so a change
 * of the spec is a change of just what it is about. Throws HR_USAGE where {@link validateSpec} does.
 */
export function synthesize(spec: EnvironmentSpec, resolved: Resolved): readonly StackPlan[] {
  validateSpec(spec, resolved);
  return LAYERS.map(layer => planOf(layerContext(spec, resolved, layer)));
}
