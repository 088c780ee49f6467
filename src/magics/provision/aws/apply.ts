import { requireTypedName } from '../../../runtime/aws/engine/confirm.ts';
import type { EnvironmentSpec } from '../../../runtime/aws/environment/spec.ts';
import type { AwsEnvironments, EnvironmentPlan } from '../../../runtime/aws/environments-port.ts';
import type { NotebookTargets } from '../../../runtime/notebook/targets-port.ts';
import type { CellContext } from '../../contract.ts';
import { suggestion } from '../../parser/nearest.ts';
import { moveTo } from '../move.ts';
import { formatMoment, formatMoney } from './amounts.ts';
import type { AwsArguments } from './arguments.ts';
import { followEnvironment } from './follow.ts';
import { planLines, planSections, shortSections } from './plan-tables.ts';
import { refuse } from './refuse.ts';
import { environmentMap } from './map/environment-map.ts';
import { mapPicture, sectionsBundle } from './sections.ts';
import { describesEnvironment, specFrom } from './spec-from.ts';
import { regionOf } from './where.ts';

/** Shows a plan and remembers it, so that an apply needs the name only. */
export async function runPlan(
  args: AwsArguments,
  environments: AwsEnvironments,
  context: CellContext
): Promise<void> {
  const { runtime, display, signal } = context;
  const spec = await specOf(requireName(args, '--plan'), args, environments, runtime.targets);
  const plan = await environments.plan(spec, runtime.id, signal, args);
  const opening = { lines: planLines(plan), picture: mapPicture(environmentMap(plan)) };
  display.show(sectionsBundle(planSections(plan), opening));
  await runtime.targets.rememberPlan(spec);
  display.stdout(`Nothing was made. Make it with: %provision aws --apply ${spec.name}\n`);
}

/** Makes the environment of the typed name, as given or as planned, and attaches the notebook to it. */
export async function runApply(
  typed: string,
  args: AwsArguments,
  environments: AwsEnvironments,
  context: CellContext
): Promise<void> {
  const { runtime, display, signal } = context;
  requireTypedName(args.name ?? typed, typed, '--apply');
  const spec = describesEnvironment(args)
    ? await specOf(typed, args, environments, runtime.targets)
    : plannedSpec(typed, runtime.targets);
  const plan = await environments.plan(spec, runtime.id, signal, args);
  display.show(sectionsBundle(shortSections(plan), { lines: planLines(plan) }));
  await runtime.targets.rememberPlan(spec);
  const claim = { notebook: runtime.id, force: args.force };
  const profile = await followEnvironment(context, {
    title: `Making ${spec.name}`,
    work: onEvent => environments.apply(plan, claim, onEvent, signal),
    summary: (_profile, elapsed) => `${spec.name} is ready after ${elapsed}; ${costLine(plan)}`,
    failure: (_error, elapsed) =>
      `${spec.name} is not ready after ${elapsed}. What there is of it costs: run the same cell again to go on, or %provision aws --destroy ${spec.name}`
  });
  await runtime.targets.profiles.save(profile);
  await moveTo(profile.name, context);
}

/** What the flags say of the environment of this name. */
export async function specOf(
  name: string,
  args: AwsArguments,
  environments: AwsEnvironments,
  targets: NotebookTargets
): Promise<EnvironmentSpec> {
  return specFrom(name, await regionOf(name, args.region, targets, environments), args);
}

/** The environment that a flag without a name of its own is about. */
export function requireName({ name }: AwsArguments, flag: string): string {
  if (name === undefined) throw refuse(`${flag} needs --name NAME`);
  return name;
}

function plannedSpec(name: string, { planned }: NotebookTargets): EnvironmentSpec {
  const found = planned.find(spec => spec.name === name);
  if (found !== undefined) return found;
  const names = planned.map(spec => spec.name);
  throw refuse(
    `knows no plan ${name}`,
    names.length === 0
      ? `Write %provision aws --plan --name ${name} first, with what it is to be.`
      : suggestion(name, names, '--apply ')
  );
}

function costLine({ cost, resolved, spec }: EnvironmentPlan): string {
  return `it costs ${formatMoney(cost.idlePerHour)} an hour idle and ${formatMoney(cost.mostPerHour)} at most, until ${formatMoment(resolved.expiresAt)} or %provision aws --destroy ${spec.name}`;
}
