import { z } from 'zod';
import type { TopicInfo } from '../../runtime/kafka/port.ts';
import { HeadraceError } from '../../shared/errors.ts';
import { defineMagic } from '../contract.ts';
import { formatPlural } from '../output/format.ts';
import { topicName } from '../parser/common-arguments.ts';

/** More partitions than this on one machine cost memory and give nothing. */
const MAX_PARTITIONS = 1_000;

interface Wanted {
  readonly name: string;
  readonly partitions: number;
  readonly config: Readonly<Record<string, string>>;
}

export const topicCreate = defineMagic({
  name: 'topic',
  action: 'create',
  kinds: ['line'],
  summary: 'Creates a topic; one that is there with the same settings is left as it is.',
  positional: ['name'],
  args: z.object({
    name: topicName.describe('Name of the new topic.'),
    partitions: z.int().positive().max(MAX_PARTITIONS).default(1).describe('How many partitions.'),
    config: z
      .array(z.string().regex(/^[^=]+=/, 'must be KEY=VALUE'))
      .default([])
      .describe('A topic setting KEY=VALUE, such as retention.ms=60000; may be repeated.')
  }),
  examples: [
    '%topic create words --partitions 2',
    '%topic create latest --config cleanup.policy=compact'
  ],
  async run({ name, partitions, config }, _body, { runtime, display, signal }) {
    const kafka = await runtime.kafka();
    const wanted = { name, partitions, config: Object.fromEntries(config.map(splitSetting)) };
    try {
      await kafka.admin.createTopics([wanted], signal);
    } catch (error) {
      if (!(error instanceof HeadraceError) || error.code !== 'HR_TOPIC_EXISTS') throw error;
      requireSame(wanted, await kafka.admin.describeTopic(name, signal));
      display.stdout(
        `Topic ${name} is already there (${formatPlural(partitions, 'partition')}).\n`
      );
      return;
    }
    await runtime.rememberTopic(name);
    display.stdout(`Created topic ${name} with ${formatPlural(partitions, 'partition')}.\n`);
  }
});

function splitSetting(setting: string): [key: string, value: string] {
  const at = setting.indexOf('=');
  return [setting.slice(0, at).trim(), setting.slice(at + 1).trim()];
}

function requireSame(wanted: Wanted, found: TopicInfo): void {
  const differences = [
    ...(found.partitions.length === wanted.partitions
      ? []
      : [`it has ${formatPlural(found.partitions.length, 'partition')}, not ${wanted.partitions}`]),
    ...Object.entries(wanted.config)
      .filter(([key, value]) => found.config[key] !== value)
      .map(([key, value]) => `${key} is ${found.config[key] ?? 'not set'}, not ${value}`)
  ];
  if (differences.length === 0) return;
  throw new HeadraceError(
    'HR_TOPIC_EXISTS',
    `The topic ${wanted.name} exists with other settings`,
    {
      why: differences.join('; '),
      next: `Use it as it is, or run %topic delete ${wanted.name} first.`
    }
  );
}
