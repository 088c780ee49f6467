import type { AwsEnvironments } from '../../../runtime/aws/environments-port.ts';
import type { CellContext } from '../../contract.ts';
import { formatPlural } from '../../output/format.ts';
import { tableBundle } from '../../output/table.ts';
import type { AwsArguments } from './arguments.ts';
import { followEnvironment } from './follow.ts';
import { leftoverText } from './leftovers.ts';
import { regionOf } from './where.ts';

/** Removes what this person left in a region beyond its time, and says what was kept and why. */
export async function runSweep(
  args: AwsArguments,
  environments: AwsEnvironments,
  context: CellContext
): Promise<void> {
  const { runtime, display, signal } = context;
  const region = await regionOf(null, args.region, runtime.targets, environments);
  const { destroyed, kept } = await followEnvironment(context, {
    title: `Sweeping ${region}`,
    work: onEvent => environments.sweep(region, onEvent, signal),
    summary: (result, elapsed) =>
      `Swept ${region} in ${elapsed}: ${formatPlural(result.destroyed.length, 'environment')} removed, ${result.kept.length} kept.`,
    failure: (_error, elapsed) =>
      `Not all of ${region} is swept after ${elapsed}; what is left may cost. Run the same cell again to go on.`
  });
  const rows = [
    ...destroyed.map(({ name, result: { removed, left } }) => [
      name,
      left.length === 0 ? 'gone' : `${left.length} left`,
      left.length === 0
        ? `${formatPlural(removed, 'resource')} removed, nothing is left`
        : left.map(leftoverText).join('; ')
    ]),
    ...kept.map(({ name, why }) => [name, 'kept', why])
  ];
  if (rows.length > 0)
    display.show(
      tableBundle({
        columns: [
          { name: 'environment', short: true },
          { name: 'state', short: true },
          { name: 'detail' }
        ],
        rows
      })
    );
  for (const { name, result } of destroyed)
    if (result.left.length === 0) await runtime.targets.forgetPlan(name);
}
