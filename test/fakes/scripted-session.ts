import type { LivySession, StatementKind, StatementOutput } from '../../src/runtime/livy/port.ts';
import type { NotebookSession, SessionDependencies } from '../../src/runtime/session-port.ts';

/** A successful statement with one bundle. */
export function ok(data: Readonly<Record<string, unknown>>): StatementOutput {
  return { status: 'ok', executionCount: 0, data };
}

/** Answers statements with what a test prepared, and keeps what was asked. */
export class ScriptedSession implements NotebookSession {
  readonly name = 'main';
  current: LivySession | null = null;
  readonly statements: { readonly code: string; readonly kind: StatementKind }[] = [];
  readonly resets: SessionDependencies[] = [];
  answer: (code: string, kind: StatementKind, signal: AbortSignal) => Promise<StatementOutput> =
    () => Promise.resolve(ok({}));

  ensure(): Promise<LivySession> {
    this.current = { id: 1, name: 'headrace-test', state: 'idle', kind: 'pyspark', log: [] };
    return Promise.resolve(this.current);
  }

  run(
    code: string,
    kind: StatementKind,
    { signal }: { readonly signal: AbortSignal }
  ): Promise<StatementOutput> {
    this.statements.push({ code, kind });
    return this.answer(code, kind, signal);
  }

  complete(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  log(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  reset(dependencies: SessionDependencies): Promise<void> {
    this.resets.push({ packages: [...dependencies.packages], conf: { ...dependencies.conf } });
    this.current = null;
    return Promise.resolve();
  }
}
