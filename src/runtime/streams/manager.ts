import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { closest } from 'fastest-levenshtein';
import { HeadraceError } from '../../shared/errors.ts';
import { isFinal } from '../../shared/stream-status.ts';
import type { Clock } from '../clock.ts';
import { topicNotFound } from '../kafka/errors.ts';
import type { KafkaPort } from '../kafka/port.ts';
import type { NotebookSession, NotebookSessions } from '../session-port.ts';
import type { OnProgress } from '../stack-port.ts';
import { askedElsewhere, type SparkElsewhere } from './elsewhere.ts';
import { folderIn } from './folder.ts';
import type { Descriptor } from './messages.ts';
import type { RestartedStream, StreamHandle, StreamManager, StreamSpec } from './port.ts';
import { isRunning, readLastStart, type LastStart } from './progress-topic.ts';
import { StreamRecovery } from './recovery.ts';
import { restartStreams } from './restart-streams.ts';
import { checkSpec, fingerprint } from './spec.ts';
import { startStream, stopStream } from './statements.ts';
import { TailedStream } from './tailed-stream.ts';
import { deleteTopics, ensureTopics, streamOfProgress, topicsOf } from './topics.ts';

export interface StreamManagerOptions {
  readonly notebookId: string;
  readonly kafka: KafkaPort;
  readonly sessions: NotebookSessions;
  /** Brokers as the Spark driver reaches them. */
  readonly brokers: readonly string[];
  readonly clock: Clock;
  /** Folder for checkpoints, as Spark sees it; without one they are temporary files of this user. */
  readonly checkpointDir?: string;
  /** For Spark that is not the one of this machine. */
  readonly elsewhere?: SparkElsewhere;
}

/** The streams of one notebook. */
export function createStreamManager(options: StreamManagerOptions): StreamManager {
  return new NotebookStreams(options);
}

class NotebookStreams implements StreamManager {
  readonly #options: StreamManagerOptions;
  readonly #checkpoints: string;
  readonly #streams = new Map<string, TailedStream>();
  readonly #recoveries = new Map<TailedStream, StreamRecovery>();
  #adopting: Promise<unknown> = Promise.resolve();

  constructor(options: StreamManagerOptions) {
    const { notebookId, checkpointDir } = options;
    const folder =
      checkpointDir ?? join(tmpdir(), `headrace-${userInfo().username}`, 'checkpoints');
    this.#options = options;
    this.#checkpoints = folderIn(folder, notebookId);
  }

  get(name: string): StreamHandle | undefined {
    return this.#streams.get(name);
  }

  list(): readonly StreamHandle[] {
    return [...this.#streams.values()];
  }

  async start(
    spec: StreamSpec,
    onProgress: OnProgress,
    signal: AbortSignal
  ): Promise<StreamHandle> {
    checkSpec(spec);
    const { kafka, sessions, elsewhere } = this.#options;
    // What cannot start there starts no session first.
    elsewhere?.kafkaOptions();
    const session = sessions.current;
    await requireTopics(kafka, spec, signal);
    const topics = topicsOf(this.#options.notebookId, spec.name);
    const last = await readLastStart(kafka, topics.progress, signal);
    const same = last !== null && fingerprint(last.descriptor.spec) === fingerprint(spec);
    const running = await this.#running(spec.name, last, signal);
    if (running !== undefined && same) return running;
    if (running !== undefined) throw runsAlready(spec.name);
    await session.ensure(onProgress, signal);
    onProgress({ label: `Starting the stream ${spec.name}`, fraction: null });
    if (!same) await deleteTopics(kafka.admin, topics, signal);
    await ensureTopics(kafka, topics, signal);
    const descriptor = await this.#startNew(spec, same, session, signal);
    return await this.#tail(spec, descriptor, signal);
  }

  /** One after the other: a stream that was found twice would be tailed twice. */
  adopt(signal: AbortSignal, only?: string): Promise<readonly StreamHandle[]> {
    const adopted = this.#adopting.then(() => this.#adopt(signal, only));
    this.#adopting = adopted.catch(() => undefined);
    return adopted;
  }

  async #adopt(signal: AbortSignal, only?: string): Promise<readonly StreamHandle[]> {
    const { kafka, notebookId } = this.#options;
    const names = (await kafka.admin.listTopics(signal))
      .map(topic => streamOfProgress(notebookId, topic))
      .filter(name => name !== null && !this.#streams.has(name) && (only ?? name) === name);
    const adopted: StreamHandle[] = [];
    for (const name of names) {
      if (name === null) continue;
      const last = await readLastStart(kafka, topicsOf(notebookId, name).progress, signal);
      const stream = await this.#running(name, last, signal);
      if (stream !== undefined) adopted.push(stream);
    }
    return adopted;
  }

  async stop(
    names: readonly string[] | 'all',
    { purge }: { purge: boolean },
    signal: AbortSignal
  ): Promise<readonly string[]> {
    const wanted = names === 'all' ? [...this.#streams.keys()] : names;
    const streams = wanted.map(name => this.#require(name));
    const alive = streams.filter(stream => !isFinal(stream.status().state));
    await Promise.all(
      streams.map(stream => (purge ? this.#purge(stream, signal) : stream.stop(signal)))
    );
    return (purge ? streams : alive).map(({ name }) => name);
  }

  async restart(
    names: readonly string[],
    restartSession: () => Promise<unknown>,
    signal: AbortSignal
  ): Promise<readonly RestartedStream[]> {
    const { sessions } = this.#options;
    const streams = names.map(name => this.#require(name));
    const startAgain = (stream: TailedStream) =>
      this.#startInSpark(stream.spec, true, sessions.named(stream.session), signal);
    return restartStreams({
      streams,
      stopQuery: stream => this.#stopQuery(stream, signal),
      restartSession,
      startAgain,
      onRunning: stream => this.#watch(stream)
    });
  }

  async close(): Promise<void> {
    const recoveries = [...this.#recoveries.values()].map(recovery => recovery.close());
    for (const stream of this.#streams.values()) stream.close();
    this.#streams.clear();
    this.#recoveries.clear();
    await Promise.all(recoveries);
  }

  /** The stream of this name where it runs, be it since before this kernel. */
  async #running(
    name: string,
    last: LastStart | null,
    signal: AbortSignal
  ): Promise<TailedStream | undefined> {
    const known = this.#streams.get(name);
    if (known !== undefined) return isFinal(known.status().state) ? undefined : known;
    if (last === null || !isRunning(last, this.#options.clock.now())) return undefined;
    const stream = await this.#tail(last.descriptor.spec, last.descriptor, signal);
    await this.#findSession(stream, signal);
    return stream;
  }

  /** A session that died while no kernel looked is a death like any other. */
  async #findSession(stream: TailedStream, signal: AbortSignal): Promise<void> {
    const found = await this.#options.sessions.named(stream.session).find(signal);
    if (found !== null) return;
    const error = new HeadraceError('HR_SESSION_DEAD', 'It ended while no kernel looked after it');
    this.#recoveries.get(stream)?.sessionEnded({ wanted: false, error });
  }

  /** A start that fails leaves nothing of a new stream behind. */
  async #startNew(
    spec: StreamSpec,
    resume: boolean,
    session: NotebookSession,
    signal: AbortSignal
  ): Promise<Descriptor> {
    const { kafka, notebookId } = this.#options;
    try {
      return await this.#startInSpark(spec, resume, session, signal);
    } catch (error) {
      const topics = topicsOf(notebookId, spec.name);
      if (!resume)
        await deleteTopics(kafka.admin, topics, AbortSignal.timeout(5_000)).catch(() => undefined);
      throw error;
    }
  }

  async #startInSpark(
    spec: StreamSpec,
    resume: boolean,
    session: NotebookSession,
    signal: AbortSignal
  ): Promise<Descriptor> {
    const { brokers, notebookId, elsewhere } = this.#options;
    const topics = topicsOf(notebookId, spec.name);
    const checkpoint = folderIn(this.#checkpoints, spec.name);
    const request = { spec, brokers, topics, checkpoint, resume, session: session.name };
    const more = elsewhere === undefined ? {} : await askedElsewhere(elsewhere, signal);
    return startStream(session, { ...request, ...more }, signal, elsewhere?.module);
  }

  async #tail(
    spec: StreamSpec,
    descriptor: Descriptor,
    signal: AbortSignal
  ): Promise<TailedStream> {
    const { kafka, clock, notebookId } = this.#options;
    const stopQuery = (ended: AbortSignal): Promise<boolean> => this.#stopQuery(stream, ended);
    const topics = topicsOf(notebookId, spec.name);
    const stream: TailedStream = new TailedStream({
      descriptor,
      spec,
      topics,
      kafka,
      clock,
      stopQuery
    });
    await stream.open(signal);
    this.#watch(stream);
    void stream.ended.then(() => this.#recoveries.delete(stream));
    this.#streams.set(spec.name, stream);
    return stream;
  }

  /** Starts the stream again whenever its session dies, until its query is stopped. */
  #watch(stream: TailedStream): void {
    const { sessions, clock } = this.#options;
    const session = sessions.named(stream.session);
    const startAgain = (signal: AbortSignal) =>
      this.#startInSpark(stream.spec, true, session, signal);
    this.#recoveries.set(stream, new StreamRecovery({ stream, sessions, clock, startAgain }));
  }

  async #stopQuery(stream: TailedStream, signal: AbortSignal): Promise<boolean> {
    await this.#recoveries.get(stream)?.close();
    const session = this.#options.sessions.named(stream.session);
    // Where its session has ended, so has the query.
    if (session.current === null && (await session.find(signal)) === null) return false;
    return await stopStream(session, stream.name, false, signal, this.#options.elsewhere?.module);
  }

  /** Stops a stream and forgets its checkpoint and topics. */
  async #purge(stream: TailedStream, signal: AbortSignal): Promise<void> {
    const { kafka, sessions, notebookId, elsewhere } = this.#options;
    await stream.stop(signal);
    const session = sessions.named(stream.session);
    if (session.current !== null)
      await stopStream(session, stream.name, true, signal, elsewhere?.module).catch(ignoreDeath);
    await deleteTopics(kafka.admin, topicsOf(notebookId, stream.name), signal);
    this.#streams.delete(stream.name);
  }

  #require(name: string): TailedStream {
    const stream = this.#streams.get(name);
    if (stream !== undefined) return stream;
    const known = [...this.#streams.keys()];
    throw new HeadraceError('HR_STREAM_NOT_FOUND', `There is no stream named ${name}`, {
      next: known.length === 0 ? 'None was started.' : `Did you mean ${closest(name, known)}?`
    });
  }
}

async function requireTopics(
  kafka: KafkaPort,
  spec: StreamSpec,
  signal: AbortSignal
): Promise<void> {
  const existing = await kafka.admin.listTopics(signal);
  const missing = spec.sources.find(({ topic }) => !existing.includes(topic));
  if (missing !== undefined) throw topicNotFound(missing.topic, existing);
}

function runsAlready(name: string): HeadraceError {
  return new HeadraceError('HR_USAGE', `The stream ${name} runs already with another query`, {
    next: `Stop it first with %stop ${name}, or give this one another name.`
  });
}

function ignoreDeath(error: unknown): void {
  if (!(error instanceof HeadraceError) || error.code !== 'HR_SESSION_DEAD') throw error;
}
