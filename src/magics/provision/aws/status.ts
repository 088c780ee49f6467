import type { AwsEnvironments, EnvironmentStatus } from '../../../runtime/aws/environments-port.ts';
import { masked } from '../../../runtime/profile/doctor/aws-checks.ts';
import { HeadraceError } from '../../../shared/errors.ts';
import type { CellContext } from '../../contract.ts';
import { formatSpan } from '../../output/format.ts';
import { tableBundle } from '../../output/table.ts';
import { formatHourly, formatMoment } from './amounts.ts';
import type { AwsArguments } from './arguments.ts';
import { refuse } from './refuse.ts';
import { requireName } from './apply.ts';
import { costTable } from './plan-tables.ts';
import { jobsThere, jobTable } from './jobs.ts';
import { sectionsBundle, type Section } from './sections.ts';
import { regionOf } from './where.ts';

/** One environment with its stacks and its price, or all of a region, a line each. */
export async function runStatus(
  args: AwsArguments,
  environments: AwsEnvironments,
  context: CellContext
): Promise<void> {
  const { runtime, display, clock, signal } = context;
  const { name } = args;
  const region = await regionOf(name ?? null, args.region, runtime.targets, environments);
  if (name === undefined) {
    const all = await environments.list(region, signal);
    if (all.length === 0) display.stdout(`Headrace has no environment in ${region}.\n`);
    else {
      const names = all.map(each => each.name);
      display.show(
        listBundle(all, await jobSections(names, region, environments, context), clock.now())
      );
    }
    return;
  }
  const found = await environments.status(name, region, signal);
  if (found === null)
    throw new HeadraceError('HR_ENVIRONMENT', `There is no environment ${name} in ${region}`, {
      next: 'See all with %provision aws --status, or name another --region.'
    });
  showOne(found, await jobSections([name], region, environments, context), context);
}

/** One section where jobs run, or are not known. */
async function jobSections(
  names: readonly string[],
  region: string,
  environments: AwsEnvironments,
  { clock, signal }: CellContext
): Promise<readonly Section[]> {
  const all = names.map(name => jobsThere(name, region, environments, signal));
  const table = jobTable(await Promise.all(all), clock.now());
  return table === null ? [] : [{ title: 'Jobs that run', table }];
}

/** Moves the end of an environment and says when it is now. */
export async function runExtend(
  args: AwsArguments,
  environments: AwsEnvironments,
  { runtime, display, signal }: CellContext
): Promise<void> {
  const name = requireName(args, '--extend');
  if (args.ttl === undefined)
    throw refuse('--extend needs --ttl', 'Such as --ttl 4h, from now on.');
  const region = await regionOf(name, args.region, runtime.targets, environments);
  const claim = { notebook: runtime.id, force: args.force };
  const end = await environments.extend(name, region, args.ttl, claim, signal);
  display.stdout(`${name} ends ${formatMoment(end)} now.\n`);
}

function showOne(
  status: EnvironmentStatus,
  jobs: readonly Section[],
  { display, clock }: CellContext
): void {
  const { name, region, account, owner, stacks, cost } = status;
  const by = owner === null ? '' : `, made by ${masked(owner)}`;
  display.show(
    sectionsBundle([
      {
        title: `${name} in ${region}, account ${masked(account)}${by}`,
        table: {
          columns: [
            { name: 'stack', short: true },
            { name: 'state', short: true },
            { name: 'reason', optional: true }
          ],
          rows: stacks.map(each => [each.name, each.status ?? 'not made', each.reason ?? '']),
          note: `${capital(stateOf(status))}; ${endOf(status, clock.now())}.`
        }
      },
      ...jobs,
      ...(cost === null ? [] : [{ title: 'Money', table: costTable(cost) }])
    ])
  );
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function listBundle(all: readonly EnvironmentStatus[], jobs: readonly Section[], now: number) {
  const table = {
    columns: [
      { name: 'environment', short: true },
      { name: 'state' },
      { name: 'end' },
      { name: 'idle per hour', numeric: true },
      { name: 'made by', long: true }
    ],
    rows: all.map(each => [
      each.name,
      stateOf(each),
      endOf(each, now),
      each.cost === null ? '' : formatHourly(each.cost.idlePerHour),
      each.owner === null ? '' : masked(each.owner)
    ])
  };
  return jobs.length === 0
    ? tableBundle(table)
    : sectionsBundle([{ title: 'Environments', table }, ...jobs]);
}

function stateOf({ name, ready, ended, stacks }: EnvironmentStatus): string {
  if (ready) return 'ready';
  if (ended !== null) {
    const since = ended.at === null ? '' : ` since ${formatMoment(ended.at)}`;
    return `the EMR cluster ${ended.cluster} has ended${since}: %provision aws --apply ${name} makes another`;
  }
  const open = stacks.find(({ status }) => status === null || !status.endsWith('_COMPLETE'));
  return open === undefined ? 'not ready' : `${open.layer}: ${open.status ?? 'not made'}`;
}

function endOf({ expiresAt }: EnvironmentStatus, now: number): string {
  if (expiresAt === null) return 'no end is known';
  return expiresAt <= now
    ? `over since ${formatMoment(expiresAt)}: destroy it, it may cost`
    : `ends in ${formatSpan(expiresAt - now)}, ${formatMoment(expiresAt)}`;
}
