import {
  CELL_OUTPUTS_MIME,
  cellOutputs,
  type CellOutput
} from '../../runtime/livy/cell-outputs.ts';
import type { StatementKind, StatementOutput } from '../../runtime/livy/port.ts';
import type { CellContext, Display } from '../contract.ts';
import { readySession } from './ready-session.ts';
import { statementError } from './statement-error.ts';

/** Runs code in a session of the notebook and shows what it prints, displays and ends with. */
export async function runCode(
  code: string,
  kind: StatementKind,
  context: CellContext,
  sessionName?: string
): Promise<void> {
  const session = await readySession(context, sessionName);
  const output = await session.run(code, kind, { signal: context.signal });
  for (const one of outputsOf(output, kind)) emit(one, context.display);
  if (output.status === 'error') throw statementError(output);
}

/** Scala's REPL writes prints and values as one text: it is shown as printed, not as the value of the cell. */
function outputsOf(output: StatementOutput, kind: StatementKind): CellOutput[] {
  const outputs = cellOutputs(output);
  const data = output.data ?? {};
  const text = data['text/plain'];
  const isReplText = kind === 'spark' && !(CELL_OUTPUTS_MIME in data);
  if (!isReplText || typeof text !== 'string' || Object.keys(data).length > 1) return outputs;
  return text === '' ? [] : [{ type: 'stream', name: 'stdout', text: withLineEnd(text) }];
}

function withLineEnd(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

function emit(output: CellOutput, display: Display): void {
  if (output.type === 'result') display.result(output.data);
  else if (output.type === 'display') display.show(output.data);
  else if (output.name === 'stderr') display.stderr(output.text);
  else display.stdout(output.text);
}
