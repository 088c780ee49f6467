import type { End, Link } from './links.ts';
import { SIGNS, type Mark } from '../marks.ts';
import type { MapModel, Part, Subnets } from './model.ts';

const ENDS: Readonly<Record<End, string>> = {
  kafka: 'Kafka',
  spark: 'Spark',
  service: 'the EMR service',
  bastion: 'the bastion',
  notebook: 'the notebook',
  internet: 'the internet',
  other: 'others'
};

/** The map in words, for who sees no picture. */
export function mapWords(model: MapModel): string {
  const { place, price, network, front, machines, links, toSpark } = model;
  const parts = [model.nat, model.bastion, model.kafka, model.spark].filter(part => part !== null);
  return [
    `${place}: ${price}`,
    `  ${partLine(network)}, in ${model.zones.join(', ')}`,
    ...(front === null ? [] : [`    ${subnetLine(front)}`]),
    `    ${subnetLine(machines)}`,
    ...parts.map(part => `    ${partLine(part)}`),
    `  ${partLine(model.bucket)}`,
    'Who may open a connection:',
    ...links.map(link => `  ${linkLine(link)}`),
    `  the notebook → Spark: ${toSpark}`,
    ...(links.some(({ from }) => from === 'notebook')
      ? []
      : ['  the notebook → Kafka: from inside the network, or by way of Spark'])
  ].join('\n');
}

function signOf(mark: Mark): string {
  return mark === 'same' ? '' : `${SIGNS[mark]} `;
}

function partLine({ title, detail, mark, price }: Part): string {
  return `${signOf(mark)}${[title, detail, price].filter(text => text !== '').join(', ')}`;
}

function subnetLine({ kind, names, mark }: Subnets): string {
  return `${signOf(mark)}${kind === 'yours' ? 'your' : kind} subnets ${names.join(', ')}`;
}

function linkLine({ from, to, ports, isNew }: Link): string {
  return `${signOf(isNew ? 'new' : 'same')}${ENDS[from]} → ${ENDS[to]}: ${ports.join(', ')}`;
}
