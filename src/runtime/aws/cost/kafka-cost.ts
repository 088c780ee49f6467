import { hasBastion, mskBrokerCount, sizesOf } from '../environment/sizes.ts';
import type { EnvironmentSpec } from '../environment/spec.ts';
import { always, plural, upTo, type CostLines } from './cost-lines.ts';
import type { CostItem } from './port.ts';

/** What logins other than IAM are paid for by the month. */
function login(spec: EnvironmentSpec, lines: CostLines): CostItem[] {
  switch (spec.kafkaAuth) {
    case 'scram':
      return [
        lines.line('kafka', 'the secret of SCRAM and its key', always(1), 'secret', 'kms.key')
      ];
    case 'mtls':
      return [lines.line('kafka', 'the private certificate authority', always(1), 'acm-pca')];
    case 'iam':
    case 'none':
      return [];
  }
}

function msk(spec: EnvironmentSpec, zones: number, lines: CostLines): CostItem[] {
  const { instanceType, storageGiB } = sizesOf(spec.size).msk;
  const brokers = always(mskBrokerCount(spec.size, zones));
  const storage = always(brokers.most * storageGiB);
  const addresses = plural(brokers, 'public address of a broker', 'public addresses of brokers');
  return [
    lines.line('kafka', plural(brokers, `${instanceType} broker`), brokers, `msk.${instanceType}`),
    lines.line('kafka', `${storage.most} GiB of broker storage`, storage, 'msk.storage'),
    ...(spec.publicBrokers ? [lines.line('kafka', addresses, brokers, 'ipv4')] : []),
    ...login(spec, lines)
  ];
}

function mskServerless(spec: EnvironmentSpec, lines: CostLines): CostItem[] {
  const partitions = upTo(sizesOf(spec.size).mskServerless.partitions);
  return [
    lines.line('kafka', 'the MSK Serverless cluster', always(1), 'msk-serverless.cluster'),
    lines.line('kafka', plural(partitions, 'partition'), partitions, 'msk-serverless.partition')
  ];
}

function bastion(spec: EnvironmentSpec, lines: CostLines): CostItem[] {
  if (!hasBastion(spec)) return [];
  const { instanceType, rootGiB } = sizesOf(spec.size).bastion;
  return [
    lines.line('kafka', `the bastion, ${instanceType}`, always(1), `ec2.${instanceType}`, 'ipv4'),
    lines.line('kafka', `${rootGiB} GiB of gp3 of the bastion`, always(rootGiB), 'ebs.gp3')
  ];
}

function onEc2(spec: EnvironmentSpec, lines: CostLines): CostItem[] {
  const { count, instanceType, rootGiB, storageGiB } = sizesOf(spec.size).kafkaOnEc2;
  const brokers = always(count);
  const volumes = always(count * (rootGiB + storageGiB));
  const addresses = plural(brokers, 'public address of a broker', 'public addresses of brokers');
  return [
    lines.line('kafka', plural(brokers, `${instanceType} broker`), brokers, `ec2.${instanceType}`),
    lines.line('kafka', `${volumes.most} GiB of gp3 of the brokers`, volumes, 'ebs.gp3'),
    ...(spec.subnets === 'public' ? [lines.line('kafka', addresses, brokers, 'ipv4')] : []),
    ...bastion(spec, lines)
  ];
}

/** What Kafka costs. */
export function kafkaCost(spec: EnvironmentSpec, zones: number, lines: CostLines): CostItem[] {
  switch (spec.kafka) {
    case 'msk':
      return msk(spec, zones, lines);
    case 'msk-serverless':
      return mskServerless(spec, lines);
    case 'ec2':
      return onEc2(spec, lines);
  }
}
