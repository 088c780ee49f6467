import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { CostPart } from '../../cost/hourly-cost.ts';

/** A load balancer as its interfaces tell of it. */
export interface LoadBalancer {
  /** `net/NAME/ID`, `app/NAME/ID`, or the bare name of a classic one. */
  readonly id: string;
  readonly parts: readonly CostPart[];
}

/** Load balancers write who they are into the description of their interfaces; null for any other interface. */
export function balancerOf({ Description = '' }: NetworkInterface): string | null {
  return /^ELB (\S+)/.exec(Description)?.[1] ?? null;
}

/** The load balancers that have these interfaces, each once. */
export function balancersIn(interfaces: readonly NetworkInterface[]): readonly LoadBalancer[] {
  const ids = new Set(interfaces.flatMap(one => balancerOf(one) ?? []));
  return [...ids].map(id => {
    const own = interfaces.filter(one => balancerOf(one) === id);
    const addresses = own.filter(({ Association }) => Association !== undefined).length;
    const paid: readonly CostPart[] = addresses === 0 ? [] : [[addresses, 'ipv4']];
    return { id, parts: [[1, 'load-balancer'], ...paid] };
  });
}

/**
 * How a person deletes one; EMR makes them for Spark Connect, with an endpoint service that has to go first.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-delete.html
 */
export function howToDelete(id: string, region: string): string {
  const [kind = '', name] = id.split('/');
  const where = `--region ${region}`;
  const command =
    name === undefined
      ? `aws elb delete-load-balancer ${where} --load-balancer-name ${kind}`
      : `aws elbv2 delete-load-balancer ${where} --load-balancer-arn $(aws elbv2 describe-load-balancers ${where} --names ${name} --query LoadBalancers[0].LoadBalancerArn --output text)`;
  return `delete it in the console, EC2 > Load Balancers, or with: ${command}`;
}
