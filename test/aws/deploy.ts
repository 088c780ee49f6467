import assert from 'node:assert/strict';
import type { AwsClients } from '../../src/runtime/aws/control/clients.ts';
import { cloudFormationStacks } from '../../src/runtime/aws/control/cloudformation.ts';
import type { StackPort, StackView } from '../../src/runtime/aws/control/port.ts';
import type { LayerOutputs } from '../../src/runtime/aws/engine/parameters.ts';
import { knownParametersOf } from '../../src/runtime/aws/engine/parameters.ts';
import type { Layer } from '../../src/runtime/aws/environment/spec.ts';
import { synthesize } from '../../src/runtime/aws/template/synthesize.ts';
import { OUTPUTS, type StackPlan, type Template } from '../../src/runtime/aws/template/types.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { forMoto, type MatrixCase } from '../runtime/aws/template/matrix.ts';
import { fillGaps, isSkipped } from './gaps.ts';
import { resolveValue, type Names } from './resolve-value.ts';

/** The newest Amazon Linux, as templates look it up. */
const IMAGE = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';
/** moto makes no cluster of MSK; roles name this one. */
export const CLUSTER_ARN =
  'arn:aws:kafka:eu-west-1:123456789012:cluster/headrace/0f1e2d3c-1111-2222-3333-444455556666-7';

/** A stack that stands. */
export interface StandingLayer {
  readonly stack: StackView;
  readonly template: Template;
  /** What its template's names stand for. */
  readonly names: Names;
}

/** An environment that stands in moto. */
export interface Standing {
  readonly of: MatrixCase;
  readonly layers: Readonly<Record<Layer, StandingLayer>>;
  /** Outputs of the network. */
  readonly net: Readonly<Record<string, string>>;
}

export function stacksOf(clients: AwsClients): StackPort {
  return cloudFormationStacks(clients, { clock: systemClock, random: Math.random });
}

/** An image that moto has. */
export async function imageOf(clients: AwsClients): Promise<string> {
  const ssm = await clients.ssm();
  const { Parameter } = await ssm.getParameter({ Name: IMAGE });
  assert.ok(Parameter?.Value !== undefined, `moto has no ${IMAGE}`);
  return Parameter.Value;
}

/** Logical ids with physical ones; fails where moto made more or less than the template says. */
async function madeBy(stacks: StackPort, plan: StackPlan, signal: AbortSignal): Promise<Names> {
  // What moto skipped is in the list without a name.
  const all = await stacks.resources(plan.name, signal);
  const resources = all.filter(one => one.logicalId !== '');
  const wanted = Object.entries(plan.template.Resources).flatMap(([id, { Type }]) =>
    isSkipped(Type) ? [] : [id]
  );
  assert.deepEqual(resources.map(one => one.logicalId).sort(), wanted.sort(), plan.name);
  return Object.fromEntries(resources.map(one => [one.logicalId, one.physicalId ?? '']));
}

/** Makes one stack, by a change set of the engine's own client. */
async function deployLayer(
  stacks: StackPort,
  plan: StackPlan,
  parameters: Names,
  signal: AbortSignal
): Promise<StandingLayer> {
  const { name, template, tags } = plan;
  const request = { stack: name, kind: 'CREATE', template, parameters, tags } as const;
  const token = `create-${plan.layer}`;
  const changeSet = await stacks.createChangeSet({ ...request, token }, signal);
  assert.equal(changeSet.status, 'CREATE_COMPLETE', changeSet.reason ?? name);
  assert.ok(changeSet.changes.every(({ action }) => action === 'Add'));
  await stacks.execute(changeSet.id, token, signal);
  const stack = await stacks.describe(name, signal);
  assert.equal(stack?.status, 'CREATE_COMPLETE', stack?.reason ?? name);
  const names = { ...parameters, ...(await madeBy(stacks, plan, signal)) };
  return { stack, template, names };
}

/** moto works out no outputs of a stack that a change set made, so this does what CloudFormation would. */
function outputsOf({ template, names }: StandingLayer): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(template.Outputs ?? {}).map(([name, { Value }]) => [
      name,
      String(resolveValue(Value, names))
    ])
  );
}

/** Makes all stacks of an environment, and by their own interfaces what moto's CloudFormation leaves out. */
export async function deploy(
  clients: AwsClients,
  of: MatrixCase,
  image: string,
  signal: AbortSignal
): Promise<Standing> {
  const stacks = stacksOf(clients);
  const layers: Partial<Record<Layer, StandingLayer>> = {};
  let outputs: LayerOutputs = { kafka: { [OUTPUTS.kafka.cluster]: CLUSTER_ARN } };
  for (const one of synthesize(of.spec, of.resolved)) {
    const plan = { ...one, template: forMoto(one.template, image) };
    const layer = await deployLayer(stacks, plan, knownParametersOf(plan, outputs), signal);
    if (plan.layer === 'net') outputs = { ...outputs, net: outputsOf(layer) };
    await fillGaps(clients, layer);
    layers[plan.layer] = layer;
  }
  const { net, kafka, spark } = layers;
  assert.ok(net !== undefined && kafka !== undefined && spark !== undefined);
  return { of, layers: { net, kafka, spark }, net: outputs.net ?? {} };
}
