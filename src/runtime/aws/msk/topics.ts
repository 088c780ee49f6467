import type { DescribeTopicResponse, TopicPartitionInfo } from '@aws-sdk/client-kafka';
import { awsErrorName } from '../control/send.ts';
import { isNotFound } from '../control/errors.ts';
import type { MskSend } from './operations.ts';

/** Topics of one cluster through the API of MSK. */
export interface TopicCalls {
  readonly send: MskSend;
  /** ARN. */
  readonly cluster: string;
  readonly signal: AbortSignal | undefined;
}

/** The most that the API gives at once. */
const PAGE = 100;

/** All pages of a listing. */
async function pages<Answer extends { readonly NextToken?: string | undefined }, Item>(
  ask: (token: { readonly NextToken?: string }) => Promise<Answer>,
  items: (answer: Answer) => readonly Item[] | undefined
): Promise<Item[]> {
  const all: Item[] = [];
  let token: string | undefined;
  do {
    const answer = await ask(token === undefined ? {} : { NextToken: token });
    all.push(...(items(answer) ?? []));
    token = answer.NextToken;
  } while (token !== undefined && token !== '');
  return all;
}

/** Names of all topics. */
export async function listTopics({ send, cluster, signal }: TopicCalls): Promise<string[]> {
  const found = await pages(
    token => send('ListTopics', { ClusterArn: cluster, MaxResults: PAGE, ...token }, signal),
    answer => answer.Topics
  );
  return found.flatMap(({ TopicName: name }) => (name === undefined ? [] : [name]));
}

/** Null where there is no such topic. */
export async function describeTopic(
  { send, cluster, signal }: TopicCalls,
  name: string
): Promise<DescribeTopicResponse | null> {
  try {
    return await send('DescribeTopic', { ClusterArn: cluster, TopicName: name }, signal);
  } catch (error) {
    if (saysTopicIsGone(error)) return null;
    throw error;
  }
}

export async function topicPartitions(
  { send, cluster, signal }: TopicCalls,
  name: string
): Promise<readonly TopicPartitionInfo[]> {
  const request = { ClusterArn: cluster, TopicName: name, MaxResults: PAGE };
  return await pages(
    token => send('DescribeTopicPartitions', { ...request, ...token }, signal),
    answer => answer.Partitions
  );
}

/** Whether MSK says that a topic does not exist. */
export function saysTopicIsGone(error: unknown): boolean {
  return awsErrorName(error) === 'UnknownTopicOrPartitionException' || isNotFound(error);
}

/**
 * Settings as the API has them: lines of a properties file as base64.
 * https://docs.aws.amazon.com/msk/latest/developerguide/describe-topic-cli.html
 */
export function encodeConfig(config: Readonly<Record<string, string>>): string {
  const lines = Object.entries(config).map(([name, value]) => `${name}=${value}`);
  return Buffer.from(lines.join('\n'), 'utf8').toString('base64');
}

export function decodeConfig(encoded: string | undefined): Record<string, string> {
  const lines = Buffer.from(encoded ?? '', 'base64')
    .toString('utf8')
    .split('\n');
  return Object.fromEntries(
    lines
      .filter(line => line.includes('='))
      .map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
  );
}
