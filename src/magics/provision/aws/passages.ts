import type { OpenedRule } from '../../../runtime/aws/environments-port.ts';
import { NOWHERE } from '../../../runtime/aws/template/net/rules.ts';

/** Who may open a connection to whom: the rules at both ends of one way, as one. */
export interface Passage {
  /** A security group, or a range of addresses. */
  readonly from: string;
  readonly to: string;
  /** `tcp`, or several such as `icmp, tcp, udp`. */
  readonly protocol: string;
  /** `9098`, `9092-9093` or `all`. */
  readonly ports: string;
  readonly why: string;
}

/** All of a plan's rules that lead somewhere, in the order in which they come first. */
export function passagesOf(rules: readonly OpenedRule[]): readonly Passage[] {
  const found = new Map<string, Passage & { readonly protocols: Set<string> }>();
  for (const { group, direction, protocol, ports, peer, why } of rules) {
    if (peer === NOWHERE) continue;
    const [here, there] = [groupName(group), groupName(peer)];
    const [from, to] = direction === 'in' ? [there, here] : [here, there];
    const key = [from, to, ports, why].join('\n');
    const passage = found.get(key) ?? { from, to, ports, why, protocol, protocols: new Set() };
    passage.protocols.add(protocol);
    found.set(key, passage);
  }
  return [...found.values()].map(({ protocols, ...passage }) => ({
    ...passage,
    protocol: [...protocols].toSorted().join(', ')
  }));
}

/** A group is named by its resource, by an attribute of it, or by a parameter of another stack. */
function groupName(text: string): string {
  return text.replace(/(?:\.GroupId|SecurityGroupId)$/, end => (end === '.GroupId' ? '' : 'Group'));
}
