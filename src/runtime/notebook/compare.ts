import { toHeadraceError } from '../../shared/errors.ts';
import { isInternalTopic } from '../../shared/names.ts';
import { isFinal } from '../../shared/stream-status.ts';
import type { KafkaPort } from '../kafka/port.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { LivyPort } from '../livy/port.ts';
import { differences, type Difference, type WorldFacts } from '../profile/preflight.ts';
import type { ProducerRegistry } from '../producers/port.ts';
import type { Attachment, NotebookParts } from './parts.ts';
import { endpointsOf, isThroughSpark, type Place } from './place.ts';

/** What a notebook should know before it moves. */
export interface Preflight {
  /** Null where it is attached to nothing. */
  readonly from: string | null;
  readonly to: string;
  readonly differences: readonly Difference[];
}

export interface Comparison {
  readonly attachment: Attachment | null;
  /** Null for a local stack that does not run: it is asked nothing, and started by the move. */
  readonly place: Place | null;
  readonly to: string;
  readonly parts: NotebookParts;
  readonly record: LedgerRecord;
  readonly producers: ProducerRegistry;
}

/**
 * Asks both worlds and lists what differs; changes nothing and starts nothing.
 *
 * @throws the error of a Livy endpoint that does not answer there: a notebook could do nothing with it
 */
export async function compareWorlds(
  { attachment, place, to, parts, record, producers }: Comparison,
  signal: AbortSignal
): Promise<Preflight> {
  const [here, there] = await Promise.all([
    attachment === null ? null : lookHere(attachment, signal),
    place === null ? unknownFacts(to) : lookThere(place, { parts, record }, signal)
  ]);
  const stays = {
    streams: attachment === null ? [] : runningStreams(attachment),
    producers: runningProducers(producers),
    topics: [...new Set([...record.topics, ...sourceTopics(record)])]
  };
  const from = here?.target ?? null;
  return { from, to, differences: from === to ? [] : differences(here, there, stays) };
}

/** A world that does not answer any more can be left all the same. */
async function lookHere(
  { place, endpoints: { target }, livy, kafka }: Attachment,
  signal: AbortSignal
): Promise<WorldFacts> {
  try {
    if (isThroughSpark(place)) return await factsThroughSpark(target, livy, signal);
    return await factsOf(target, livy, kafka, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    return unknownFacts(target);
  }
}

async function lookThere(
  place: Place,
  { parts, record }: Pick<Comparison, 'parts' | 'record'>,
  signal: AbortSignal
): Promise<WorldFacts> {
  const livy = parts.openLivy(place);
  const { notebook, dependencies } = record;
  if (isThroughSpark(place)) {
    await livy.listSessions(signal);
    return factsThroughSpark(endpointsOf(place).target, livy, signal);
  }
  const kafka = await parts.openKafka({ place, notebook, livy, dependencies });
  try {
    // The first call that needs the right credentials.
    await livy.listSessions(signal);
    return await factsOf(endpointsOf(place).target, livy, kafka, signal);
  } finally {
    await kafka.close().catch(() => undefined);
  }
}

async function factsOf(
  target: string,
  livy: LivyPort,
  kafka: KafkaPort,
  signal: AbortSignal
): Promise<WorldFacts> {
  const [capabilities, answer] = await Promise.all([
    livy.capabilities(signal),
    topicsOf(kafka, signal)
  ]);
  return { target, capabilities, throughSpark: false, ...answer };
}

async function factsThroughSpark(
  target: string,
  livy: LivyPort,
  signal: AbortSignal
): Promise<WorldFacts> {
  const capabilities = await livy.capabilities(signal);
  return { ...unknownFacts(target), capabilities, throughSpark: true };
}

function unknownFacts(target: string): WorldFacts {
  return { target, capabilities: null, topics: null, kafkaProblem: null, throughSpark: false };
}

async function topicsOf(
  kafka: KafkaPort,
  signal: AbortSignal
): Promise<Pick<WorldFacts, 'topics' | 'kafkaProblem'>> {
  try {
    const names = await kafka.admin.listTopics(signal);
    return { topics: names.filter(name => !isInternalTopic(name)), kafkaProblem: null };
  } catch (error) {
    if (signal.aborted) throw error;
    return { topics: null, kafkaProblem: toHeadraceError(error).message };
  }
}

function runningStreams({ streams }: Attachment): readonly string[] {
  return streams
    .list()
    .filter(stream => !isFinal(stream.status().state))
    .map(stream => stream.name);
}

function runningProducers(producers: ProducerRegistry): readonly string[] {
  return producers
    .list()
    .filter(run => run.progress().state === 'running')
    .map(run => run.name);
}

function sourceTopics({ streams }: LedgerRecord): readonly string[] {
  return streams.flatMap(({ spec }) => spec.sources.map(source => source.topic));
}
