import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { createCellLanguage, type LanguageOptions } from '../../src/magics/language.ts';
import type { CellContext, LiveView, Views } from '../../src/magics/contract.ts';
import { createNotebookRuntime } from '../../src/runtime/notebook/notebook-runtime.ts';
import type { Place } from '../../src/runtime/notebook/place.ts';
import type { NotebookRuntime } from '../../src/runtime/notebook/port.ts';
import type { StreamHandle } from '../../src/runtime/streams/port.ts';
import type { ViewSpec } from '../../src/shared/view.ts';
import { MemoryAws } from './memory-aws.ts';
import { MemoryKafka } from './memory-kafka.ts';
import { MemoryLedger } from './memory-ledger.ts';
import { MemoryLivy } from './memory-livy.ts';
import { MemoryNetwork } from './memory-network.ts';
import { MemoryProfiles } from './memory-profiles.ts';
import { MemoryStack } from './memory-stack.ts';
import { MemoryStream, MemoryStreams } from './memory-streams.ts';
import { CellDisplay } from './cell-display.ts';
import { ScriptedSession } from './scripted-session.ts';
import { ScriptedSessions } from './scripted-sessions.ts';
import { VirtualClock } from './virtual-clock.ts';

/** Keeps the views that were opened. */
export class MemoryViews implements Views {
  readonly opened: ViewSpec[] = [];
  /** Called with the stream of each view, once its cell listens to it. */
  onOpen: (stream: MemoryStream) => void = () => undefined;
  finished = 0;

  open(spec: ViewSpec, stream: StreamHandle): LiveView {
    this.opened.push(spec);
    let rows = 0;
    stream.onRows(batch => (rows += batch.length));
    if (stream instanceof MemoryStream) queueMicrotask(() => this.onOpen(stream));
    return {
      spec,
      get rows() {
        return rows;
      },
      finish: () => {
        this.finished += 1;
        return Promise.resolve();
      }
    };
  }
}

/** What is at one place. */
export class MemoryWorld {
  readonly kafka = new MemoryKafka();
  readonly livy = new MemoryLivy();
  /** The first session; cells run in it unless a test says otherwise. */
  readonly session = new ScriptedSession();
  readonly sessions = new ScriptedSessions(this.session);
  readonly streams = new MemoryStreams();
}

/** A notebook with the real runtime and language over parts in memory. */
export class TestNotebook {
  readonly clock = new VirtualClock();
  readonly local = new MemoryWorld();
  readonly kafka = this.local.kafka;
  readonly session = this.local.session;
  readonly sessions = this.local.sessions;
  readonly streams = this.local.streams;
  /** What every profile names. */
  readonly away = new MemoryWorld();
  /** Called before a Livy client is made; what it throws is the client's. */
  onOpenLivy: (place: Place) => void = () => undefined;
  readonly profiles = new MemoryProfiles();
  readonly network = new MemoryNetwork();
  readonly aws = new MemoryAws();
  readonly views = new MemoryViews();
  /** Outlives the kernels, as the file of the ledger does. */
  readonly ledger = new MemoryLedger('test');
  readonly abort = new AbortController();
  readonly #kernels: NotebookRuntime[] = [];

  constructor(
    readonly cwd: string,
    readonly stack = new MemoryStack()
  ) {}

  /** A new kernel of this notebook. */
  async kernel(): Promise<NotebookRuntime> {
    const runtime = await createNotebookRuntime({
      stack: this.stack,
      clock: this.clock,
      ledger: this.ledger,
      profiles: this.profiles,
      network: this.network,
      aws: () => Promise.resolve(this.aws),
      parts: {
        openKafka: ({ place }) => Promise.resolve(this.#at(place).kafka),
        openLivy: place => {
          this.onOpenLivy(place);
          return this.#at(place).livy;
        },
        openSessions: ({ livy }) => (livy === this.away.livy ? this.away : this.local).sessions,
        openStreams: ({ place }) => this.#at(place).streams
      }
    });
    this.#kernels.push(runtime);
    return runtime;
  }

  #at(place: Place): MemoryWorld {
    return place.kind === 'local' ? this.local : this.away;
  }

  /** Puts a file into the folder of the notebook. */
  async file(name: string, content = ''): Promise<void> {
    await writeFile(path.join(this.cwd, name), content);
  }

  /** Ends every kernel, so that nothing writes any more. */
  async close(): Promise<void> {
    for (const runtime of this.#kernels) await runtime.close();
  }

  context(runtime: NotebookRuntime, interactive = true): CellContext & { display: CellDisplay } {
    return {
      runtime,
      display: new CellDisplay(),
      views: this.views,
      clock: this.clock,
      signal: this.abort.signal,
      interactive,
      cwd: this.cwd
    };
  }
}

/** A folder and a notebook in it, both gone after the test. */
export async function testNotebook(test: TestContext): Promise<TestNotebook> {
  const cwd = await mkdtemp(path.join(tmpdir(), 'headrace-test-'));
  const notebook = new TestNotebook(cwd);
  test.after(async () => {
    await notebook.close();
    await rm(cwd, { recursive: true, force: true });
  });
  return notebook;
}

export interface CellRun {
  readonly notebook: TestNotebook;
  readonly runtime: NotebookRuntime;
  /** Runs a cell and gives what it wrote. */
  readonly cell: (
    code: string,
    options?: { readonly interactive?: boolean }
  ) => Promise<CellDisplay>;
}

/** A notebook whose cells can be run, provisioned unless said otherwise. */
export async function openCells(
  test: TestContext,
  options: LanguageOptions & { readonly provisioned?: boolean } = {}
): Promise<CellRun> {
  const notebook = await testNotebook(test);
  const runtime = await notebook.kernel();
  const language = createCellLanguage(options);
  const cell: CellRun['cell'] = async (code, { interactive = true } = {}) => {
    const context = notebook.context(runtime, interactive);
    await language.execute(code, context);
    return context.display;
  };
  if (options.provisioned !== false) await cell('%provision local');
  return { notebook, runtime, cell };
}
