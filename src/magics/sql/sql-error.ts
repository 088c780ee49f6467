import type { StatementOutput } from '../../runtime/livy/port.ts';
import { HeadraceError } from '../../shared/errors.ts';

type FailedOutput = Extract<StatementOutput, { readonly status: 'error' }>;

const POSITION = /\(?\bline (\d+),? pos (\d+)\)?/;
const CONDITION = /\[([A-Z][A-Z0-9_.]+)\]\s*/;

/**
 * A refused SQL text as one line with the position. Spark adds a SQLSTATE, the query plan or the query with
 * a marker below its message (https://spark.apache.org/docs/latest/sql-error-conditions.html).
 */
export function sqlError(output: FailedOutput): HeadraceError {
  const text = output.evalue.replace(/^(?:[\w.]+(?:Exception|Error):\s*)+/, '');
  const position = POSITION.exec(text);
  const [first = 'Spark gave no reason'] = text
    .replace(CONDITION, '')
    .split(/\s*(?:SQLSTATE:|;\s*line \d|\(line \d|\n==|;?\s*\n')/);
  const [message = '', ...advice] = sentences(first);
  const hint = advice.find(sentence => sentence.startsWith('Did you mean'));
  return new HeadraceError('HR_SQL', message === '' ? output.ename : message, {
    ...(position === null ? {} : { why: `line ${position[1]}, column ${Number(position[2]) + 1}` }),
    ...(hint === undefined ? {} : { next: hint })
  });
}

/** What happened comes first; Spark's general advice on names and paths follows it. */
function sentences(text: string): string[] {
  const oneLine = text.replace(/\s+/g, ' ').trim();
  return oneLine.split(/(?<=\.) (?=[A-Z])/).map(sentence => sentence.replace(/[.;]+$/, ''));
}
