import { cellOutputs, type CellOutput } from '../../runtime/livy/cell-outputs.ts';
import type { StatementOutput } from '../../runtime/livy/port.ts';
import { HeadraceError } from '../../shared/errors.ts';
import type { CellContext, Display } from '../contract.ts';
import { readySession } from './ready-session.ts';

/** Runs PySpark in the session of the notebook and shows what it prints, displays and ends with. */
export async function runPython(code: string, context: CellContext): Promise<void> {
  const session = await readySession(context);
  const output = await session.run(code, 'pyspark', { signal: context.signal });
  for (const one of cellOutputs(output)) emit(one, context.display);
  if (output.status === 'error') throw statementError(output);
}

function emit(output: CellOutput, display: Display): void {
  if (output.type === 'result') display.result(output.data);
  else if (output.type === 'display') display.show(output.data);
  else if (output.name === 'stderr') display.stderr(output.text);
  else display.stdout(output.text);
}

/** The error of the user's own code, with its own name and the traceback that the driver trimmed. */
function statementError(
  output: Extract<StatementOutput, { readonly status: 'error' }>
): HeadraceError {
  return new HeadraceError('HR_STATEMENT', output.evalue, {
    ename: output.ename,
    traceback: output.traceback
  });
}
