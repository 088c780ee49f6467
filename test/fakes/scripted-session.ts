import type { LivySession, StatementKind, StatementOutput } from '../../src/runtime/livy/port.ts';
import {
  MAIN_SESSION,
  type NotebookSession,
  type SessionDependencies,
  type SessionEnd
} from '../../src/runtime/session-port.ts';
import type { OnProgress } from '../../src/runtime/stack-port.ts';

/** A successful statement with one bundle. */
export function ok(data: Readonly<Record<string, unknown>>): StatementOutput {
  return { status: 'ok', executionCount: 0, data };
}

/** Answers statements with what a test prepared, and keeps what was asked. */
export class ScriptedSession implements NotebookSession {
  current: LivySession | null = null;
  readonly statements: { readonly code: string; readonly kind: StatementKind }[] = [];
  readonly resets: SessionDependencies[] = [];
  readonly completions: { code: string; kind: StatementKind; cursor: number }[] = [];
  readonly watchers = new Set<(end: SessionEnd) => void>();
  words: readonly string[] = [];
  lines: readonly string[] = [];
  /** News of the next start. */
  notice: string | null = null;
  answer: (code: string, kind: StatementKind, signal: AbortSignal) => Promise<StatementOutput> =
    () => Promise.resolve(ok({}));

  constructor(
    readonly name: string = MAIN_SESSION,
    readonly id = 1
  ) {}

  ensure(onProgress: OnProgress): Promise<LivySession> {
    const suffix = this.name === MAIN_SESSION ? '' : `-${this.name}`;
    const name = `headrace-test${suffix}`;
    this.current = { id: this.id, name, state: 'idle', kind: 'pyspark', appId: null, log: [] };
    if (this.notice !== null) onProgress({ label: this.notice, fraction: null, notice: true });
    this.notice = null;
    return Promise.resolve(this.current);
  }

  ensureQuietly(): Promise<LivySession> {
    return this.ensure(() => undefined);
  }

  find(): Promise<LivySession | null> {
    return Promise.resolve(this.current);
  }

  watch(onEnd: (end: SessionEnd) => void): () => void {
    this.watchers.add(onEnd);
    return () => this.watchers.delete(onEnd);
  }

  run(
    code: string,
    kind: StatementKind,
    { signal }: { readonly signal: AbortSignal }
  ): Promise<StatementOutput> {
    this.statements.push({ code, kind });
    return this.answer(code, kind, signal);
  }

  complete(code: string, kind: StatementKind, cursor: number): Promise<readonly string[]> {
    this.completions.push({ code, kind, cursor });
    return Promise.resolve(this.words);
  }

  log(lines: number): Promise<readonly string[]> {
    return Promise.resolve(this.lines.slice(-lines));
  }

  reset(dependencies: SessionDependencies): Promise<void> {
    const { packages, conf, resources } = dependencies;
    this.resets.push(structuredClone({ packages, conf, ...(resources && { resources }) }));
    this.current = null;
    return Promise.resolve();
  }
}
