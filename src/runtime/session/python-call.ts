import type { RunOptions, StatementOutput } from '../livy/port.ts';
import type { NotebookSession } from '../session-port.ts';

/** Gives the statement that brings the Python code along; asked only where a session has it not. */
export type BringModule = () => Promise<string>;

/** A call of Python code that the session may have to be sent first. */
export interface PythonCall {
  readonly session: Pick<NotebookSession, 'run'>;
  /** `module` by the name under which `call` uses it. */
  readonly imports: string;
  readonly call: string;
  readonly options: RunOptions;
  readonly bring: BringModule | undefined;
}

/** A text as a Python literal: every JSON string is one. */
export function literal(text: string): string {
  return JSON.stringify(text);
}

/** Runs the call; where the session has not the code, brings it and runs the call again. */
export async function callPython(asked: PythonCall): Promise<StatementOutput> {
  const { session, imports, call, options, bring } = asked;
  const run = (code: string) => session.run(code, 'pyspark', options);
  const code = `${imports}\n${call}`;
  const output = await run(code);
  if (bring === undefined || !lacksModule(output)) return output;
  const brought = await run(await bring());
  return brought.status === 'error' ? brought : await run(code);
}

function lacksModule(output: StatementOutput): boolean {
  return output.status === 'error' && /No module named '?headrace\w*\b/.test(output.evalue);
}
