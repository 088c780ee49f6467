import { sizesOf } from '../environment/sizes.ts';
import type { EnvironmentSpec } from '../environment/spec.ts';
import { always, plural, rangeText, upTo, type CostLines, type Range } from './cost-lines.ts';
import type { CostItem } from './port.ts';

/**
 * The limits of the application. Disk is counted in full, although the first 20 GB of each worker are free: at the most
 * must never be too little.
 */
function serverless(spec: EnvironmentSpec, lines: CostLines): CostItem[] {
  const size = sizesOf(spec.size).emrServerless;
  const machine = size.architecture === 'ARM64' ? 'arm' : 'x86';
  const [vcpu, memory, disk] = [size.maxVcpu, size.maxMemoryGiB, size.maxDiskGiB].map(upTo);
  return [
    [vcpu, 'vCPU', `${machine}.vcpu`] as const,
    [memory, 'GB of memory', `${machine}.memory`] as const,
    [disk, 'GB of disk', 'storage'] as const
  ].map(([count = upTo(0), what, item]) =>
    lines.line(
      'spark',
      `${rangeText(count)} ${what} of EMR Serverless`,
      count,
      `emr-serverless.${item}`
    )
  );
}

function nodeCosts(spec: EnvironmentSpec, lines: CostLines, nodes: Range, core: Range): CostItem[] {
  const { primaryType, coreType, rootGiB, dataGiB } = sizesOf(spec.size).emrOnEc2;
  const gib = rootGiB + dataGiB;
  const volumes = { idle: nodes.idle * gib, most: nodes.most * gib };
  const addresses = plural(nodes, 'public address of a node', 'public addresses of nodes');
  const withEmr = (type: string): [string, string] => [`ec2.${type}`, `emr.${type}`];
  return [
    lines.line('spark', `the ${primaryType} primary node`, always(1), ...withEmr(primaryType)),
    lines.line('spark', plural(core, `${coreType} core node`), core, ...withEmr(coreType)),
    lines.line('spark', `${rangeText(volumes)} GiB of gp3 of the nodes`, volumes, 'ebs.gp3'),
    ...(spec.subnets === 'public' ? [lines.line('spark', addresses, nodes, 'ipv4')] : [])
  ];
}

function onEc2(spec: EnvironmentSpec, lines: CostLines): CostItem[] {
  const { coreCount, maxUnits } = sizesOf(spec.size).emrOnEc2;
  const core = { idle: coreCount, most: maxUnits };
  return nodeCosts(spec, lines, { idle: coreCount + 1, most: maxUnits + 1 }, core);
}

/** What EMR asks for jobs on a cluster that the person has and pays already. */
function onEks(spec: EnvironmentSpec, lines: CostLines): CostItem[] {
  const { maxVcpu, maxMemoryGiB } = sizesOf(spec.size).emrOnEks;
  const [vcpu, memory] = [upTo(maxVcpu), upTo(maxMemoryGiB)];
  return [
    lines.line('spark', `${rangeText(vcpu)} vCPU of EMR on EKS`, vcpu, 'emr-eks.vcpu'),
    lines.line('spark', `${rangeText(memory)} GB of EMR on EKS`, memory, 'emr-eks.memory')
  ];
}

/** What Spark costs. */
export function sparkCost(spec: EnvironmentSpec, lines: CostLines): CostItem[] {
  switch (spec.spark) {
    case 'emr-serverless':
      return serverless(spec, lines);
    case 'emr-ec2':
      return onEc2(spec, lines);
    case 'emr-eks':
      return onEks(spec, lines);
  }
}
