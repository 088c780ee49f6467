import { z } from 'zod';
import { isInternalTopic } from '../../shared/names.ts';
import type { NotebookRuntime } from '../../runtime/notebook/port.ts';

/** Kafka's own rule for topic names, and the 249 characters it allows. */
const TOPIC = /^[A-Za-z0-9._-]{1,249}$/;
/** A name that can stand in SQL and in Python without quotes. */
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** Name of a topic. */
export const topicName = z
  .string()
  .regex(TOPIC, 'may have letters, digits, ".", "_" and "-", at most 249 of them')
  .refine(name => name !== '.' && name !== '..', 'cannot be "." or ".."')
  .refine(name => !isInternalTopic(name), 'begins like the internal topics');

/** Name of a stream, a SQL view or a Python variable. */
export const identifier = z
  .string()
  .regex(IDENTIFIER, 'must start with a letter and have only letters, digits and "_"');

/** Records per second. */
export const ratePerSecond = z.number().positive().max(10_000_000);

/** Topics of the user; none before the notebook is attached, because completion starts nothing. */
export async function completeTopics(runtime: NotebookRuntime): Promise<readonly string[]> {
  if (runtime.endpoints === null) return [];
  const kafka = await runtime.kafka();
  return (await kafka.admin.listTopics()).filter(name => !isInternalTopic(name));
}

/** Streams of this notebook; none before it is attached. */
export async function completeStreams(runtime: NotebookRuntime): Promise<readonly string[]> {
  if (runtime.endpoints === null) return [];
  return (await runtime.streams()).list().map(stream => stream.name);
}
