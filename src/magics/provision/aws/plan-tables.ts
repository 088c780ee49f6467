import type { CostEstimate, PriceOrigin } from '../../../runtime/aws/cost/port.ts';
import type { PriceBasis } from '../../../runtime/aws/cost/price-table.ts';
import type { EnvironmentPlan } from '../../../runtime/aws/environments-port.ts';
import { masked } from '../../../runtime/profile/doctor/aws-checks.ts';
import { formatPlural, formatSpan } from '../../output/format.ts';
import type { Table } from '../../output/table.ts';
import { formatHourly, formatMoment, formatSum } from './amounts.ts';
import { markOf, SIGNS, type ChangeMark } from './marks.ts';
import { passagesOf } from './passages.ts';
import type { Section } from './sections.ts';

/** All of a plan but its map, the most important first. */
export function planSections(plan: EnvironmentPlan): readonly Section[] {
  const { rules, statements } = plan;
  return [
    { title: 'Money', table: costTable(plan.cost) },
    ...(rules.length === 0
      ? []
      : [{ title: 'Connections that are opened', table: ruleTable(plan) }]),
    resourceSection(plan),
    ...(statements.length === 0
      ? []
      : [
          {
            title: `What roles may do: ${formatPlural(statements.length, 'statement')}`,
            table: policyTable(plan),
            folded: true
          }
        ])
  ];
}

/** What an apply shows before it begins: what it costs and what is done. */
export function shortSections(plan: EnvironmentPlan): readonly Section[] {
  return [{ title: 'Money', table: costTable(plan.cost) }, resourceSection(plan)];
}

/** Marks that are counted together, after the word for them. */
const COUNTED: readonly (readonly [string, ...ChangeMark[]])[] = [
  ['new', 'new'],
  ['changed', 'changed'],
  ['replaced', 'replaced', 'perhaps'],
  ['deleted', 'deleted']
];

function resourceSection(plan: EnvironmentPlan): Section {
  const changes = plan.stacks.flatMap(stack => stack.changes);
  const marks = changes.map(markOf);
  const counts = COUNTED.map(
    ([word, ...of]) => [marks.filter(mark => of.includes(mark)).length, word] as const
  );
  const said = counts.flatMap(([some, word]) => (some === 0 ? [] : [`${some} ${word}`]));
  return {
    title: `Resources: ${said.join(', ') || 'nothing to do'}`,
    table: stackTable(plan),
    folded: true
  };
}

function stackTable({ stacks, usualMs }: EnvironmentPlan): Table {
  const rows = stacks.flatMap(({ name, changes }) =>
    changes.length === 0
      ? [['=', name, 'nothing to do', '', '']]
      : changes.map(change => [
          SIGNS[markOf(change)],
          name,
          change.logicalId,
          change.type,
          change.usualMs === null ? '' : formatSpan(change.usualMs)
        ])
  );
  return {
    columns: [
      { name: '', short: true },
      { name: 'stack' },
      { name: 'resource' },
      { name: 'type' },
      { name: 'usual time', numeric: true }
    ],
    rows,
    note: `+ made, ~ changed, - deleted, replace: made anew and its content lost, = as it is. Usually ready after ${formatSpan(usualMs)}.`
  };
}

function placeOf(end: string): string {
  return end === '0.0.0.0/0' ? 'anywhere (0.0.0.0/0)' : end;
}

/** Who may open a connection to whom; a rule at each end makes one line. */
function ruleTable({ rules }: EnvironmentPlan): Table {
  return {
    columns: [
      { name: 'from', short: true },
      { name: 'to', short: true },
      { name: 'protocol' },
      { name: 'ports', short: true },
      { name: 'why' }
    ],
    rows: passagesOf(rules).map(({ from, to, protocol, ports, why }) => [
      from,
      placeOf(to),
      protocol,
      ports,
      why
    ])
  };
}

function policyTable({ statements }: EnvironmentPlan): Table {
  return {
    columns: [
      { name: 'role', short: true },
      { name: 'effect', short: true },
      { name: 'actions', long: true },
      { name: 'resources', long: true }
    ],
    rows: statements.map(({ role, effect, actions, resources }) => [
      role,
      effect,
      actions.join(', '),
      resources.map(masked).join(', ')
    ])
  };
}

/** Per hour while nothing runs and at the most, and the same until the environment ends. */
export function costTable(cost: CostEstimate): Table {
  const { items, hours, idlePerHour, mostPerHour } = cost;
  const row = (
    [what, layer, origin]: readonly [string, string, string],
    idle: number,
    most: number
  ): readonly string[] => [
    what,
    layer,
    formatHourly(idle),
    formatHourly(most),
    formatSum(idle * hours),
    formatSum(most * hours),
    origin
  ];
  const until = `in ${formatSpan(hours * 3_600_000)}`;
  const without = cost.without.length === 0 ? '' : ` Without ${cost.without.join(', ')}.`;
  return {
    columns: [
      { name: 'what' },
      { name: 'stack', short: true },
      { name: 'idle per hour', numeric: true },
      { name: 'at most per hour', numeric: true },
      { name: `idle ${until}`, numeric: true },
      { name: `at most ${until}`, numeric: true },
      { name: 'price from' }
    ],
    rows: items.map(({ what, layer, origin, idlePerHour: idle, mostPerHour: most }) =>
      row([what, layer, originText(origin)], idle, most)
    ),
    total: row(['all', '', ''], idlePerHour, mostPerHour),
    note: `${pricesText(cost)}, before tax.${without}`
  };
}

function pricesText({ notFresh, pricedAt, region }: CostEstimate): string {
  const estimate = `n estimate with list prices of ${pricedAt} for ${region}`;
  return notFresh === null
    ? `A${estimate}`
    : `The price list cannot be asked (${notFresh}), so this is a${estimate}`;
}

const BASIS_TEXT: Readonly<Record<PriceBasis, string>> = {
  list: '',
  derived: ', derived',
  ceiling: ', a bound'
};

/** `table, 2026-07-20, derived`, `Pricing API, 2026-11-29`. */
function originText({ by, at, basis }: PriceOrigin): string {
  return `${by === 'api' ? 'Pricing API' : 'table'}, ${at}${BASIS_TEXT[basis]}`;
}

/** Who, where and until when, then the warnings, a line each. */
export function planLines({ spec, resolved, warnings }: EnvironmentPlan): readonly string[] {
  return [
    `${spec.name} in ${spec.region}, account ${masked(resolved.account)}, as ${masked(resolved.owner)}; it ends ${formatMoment(resolved.expiresAt)}.`,
    ...warnings.map(warning => `Warning: ${warning}`)
  ];
}
