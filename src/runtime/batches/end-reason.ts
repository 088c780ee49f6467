import { logLine, messageOf, type LogLine } from './log-line.ts';
import { contentOf } from './log-window.ts';

/** The JVM's last words about an error that nobody caught. */
const UNCAUGHT = /^Exception in thread "[^"]*" (.+)$/;
/** The last line of a Python traceback, and what spark-submit says by itself. */
const ERROR_LINE = /^(?:[\w.]+(?:Error|Exception|Exit|Interrupt)\b|Error: )/;
/** spark-submit's own report on a Python job that failed: the job has said more. */
const WRAPPER = /org\.apache\.spark\.SparkUserAppException|ShutdownHookManager/;

/** The gateway's sentence on the end: the last resort. */
const GATEWAY = /^headrace: the batch has ended: (.+)$/;

/** One clause that says why a batch failed, from its log; null when the log says nothing. */
export function endReason(log: readonly string[]): string | null {
  const content = contentOf(log).filter(text => text.trim() !== '');
  const lines = content.filter(text => !WRAPPER.test(text) && !GATEWAY.test(text)).map(logLine);
  const uncaught = lines.map(({ text }) => UNCAUGHT.exec(text)?.[1]).findLast(isText);
  const reason =
    uncaught ??
    lines.findLast(isErrorLine)?.text ??
    lastOf(lines, 'error') ??
    lastOf(lines, 'print') ??
    content.map(text => GATEWAY.exec(text)?.[1]).findLast(isText);
  return reason === undefined ? null : reason.trim().replace(/\.$/, '');
}

function isText(text: string | undefined): boolean {
  return text !== undefined;
}

function isErrorLine({ kind, text }: LogLine): boolean {
  return kind === 'print' && ERROR_LINE.test(text);
}

function lastOf(lines: readonly LogLine[], kind: LogLine['kind']): string | undefined {
  const line = lines.findLast(each => each.kind === kind);
  return line === undefined ? undefined : messageOf(line);
}
