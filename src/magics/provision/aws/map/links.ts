import type { EnvironmentPlan, OpenedRule } from '../../../../runtime/aws/environments-port.ts';
import { review } from '../../../../runtime/aws/engine/review.ts';
import type { StackPlan } from '../../../../runtime/aws/template/types.ts';
import { passagesOf, type Passage } from '../passages.ts';

/** Ends of connections on the map. */
export type End = 'kafka' | 'spark' | 'service' | 'bastion' | 'notebook' | 'internet' | 'other';

/** One way that connections may be opened. */
export interface Link {
  readonly from: End;
  readonly to: End;
  /** Distinct, such as `9098` or `all`. */
  readonly ports: readonly string[];
  /** Whether an apply opens it. */
  readonly isNew: boolean;
}

const GROUPS: Readonly<Record<string, End>> = {
  KafkaGroup: 'kafka',
  SparkGroup: 'spark',
  PrimaryGroup: 'spark',
  CoreGroup: 'spark',
  ServiceGroup: 'service',
  BastionGroup: 'bastion',
  '0.0.0.0/0': 'internet'
};

/** All ways that there are after an apply; those that its plan opens are new. */
export function linksOf(plan: EnvironmentPlan, stacks: readonly StackPlan[]): readonly Link[] {
  const endOf = (name: string): End => {
    const { clientCidr, eksSecurityGroup } = plan.resolved;
    if (name === clientCidr) return 'notebook';
    return name === eksSecurityGroup ? 'spark' : (GROUPS[name] ?? 'other');
  };
  const opened = new Set(passagesOf(plan.rules).map(keyOf));
  const links = new Map<string, Link>();
  for (const passage of passagesOf(rulesOf(stacks))) {
    const [from, to] = [endOf(passage.from), endOf(passage.to)];
    const known = links.get(`${from}>${to}`);
    links.set(`${from}>${to}`, {
      from,
      to,
      ports: [...new Set([...(known?.ports ?? []), passage.ports])],
      isNew: opened.has(keyOf(passage)) || known?.isNew === true
    });
  }
  return [...links.values()];
}

function rulesOf(stacks: readonly StackPlan[]): readonly OpenedRule[] {
  return stacks.flatMap(
    ({ template: { Resources } }) => review(Resources, new Set(Object.keys(Resources))).rules
  );
}

function keyOf({ from, to, ports }: Passage): string {
  return [from, to, ports].join('\n');
}
