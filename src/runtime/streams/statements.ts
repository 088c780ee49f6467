import { z } from 'zod';
import { readAnswer } from '../session/python-answer.ts';
import { callPython, literal, type BringModule } from '../session/python-call.ts';
import type { NotebookSession } from '../session-port.ts';
import { descriptorSchema, type Descriptor } from './messages.ts';
import type { StreamSpec } from './port.ts';
import type { StreamTopics } from './topics.ts';

/** What the Python side is asked to start. */
export interface StartRequest {
  readonly spec: StreamSpec;
  readonly brokers: readonly string[];
  readonly topics: StreamTopics;
  /** Folder of the checkpoint, as Spark sees it. */
  readonly checkpoint: string;
  /** Go on from the checkpoint, if there is one. */
  readonly resume: boolean;
  /** Name of the session, which the descriptor gives back. */
  readonly session: string;
  /** Options of Kafka sources and sinks, for brokers that ask who somebody is. */
  readonly kafka?: Readonly<Record<string, string>>;
  /** Why real-time mode is not to be tried, as a clause. */
  readonly realTimeRefusal?: string;
}

const stoppedSchema = z.object({ stopped: z.boolean() });

/** Starts a stream in the session; rejects with what Spark or Python refused, in one line. */
export function startStream(
  session: NotebookSession,
  request: StartRequest,
  signal: AbortSignal,
  bring?: BringModule
): Promise<Descriptor> {
  const code = `headrace_streams.start(${literal(JSON.stringify(request))})`;
  return ask({ session, call: code, signal, bring }, descriptorSchema);
}

/** Stops a stream and waits for its end; false where the session knows no such stream. */
export async function stopStream(
  session: NotebookSession,
  name: string,
  purge: boolean,
  signal: AbortSignal,
  bring?: BringModule
): Promise<boolean> {
  const code = `headrace_streams.stop(${literal(name)}, ${purge ? 'True' : 'False'})`;
  return (await ask({ session, call: code, signal, bring }, stoppedSchema)).stopped;
}

interface Call {
  readonly session: NotebookSession;
  readonly call: string;
  readonly signal: AbortSignal;
  readonly bring: BringModule | undefined;
}

async function ask<Answer extends z.ZodType>(
  { session, call, signal, bring }: Call,
  answer: Answer
): Promise<z.infer<Answer>> {
  const imports = 'import headrace_streams';
  const output = await callPython({ session, imports, call, options: { signal }, bring });
  return readAnswer(output, answer, {
    message: 'The stream code of the Spark session failed',
    next: 'Run %interpreter reset, then start the stream again.'
  });
}
