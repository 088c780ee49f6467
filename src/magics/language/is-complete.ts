import type { CellLanguage } from '../contract.ts';
import { scanPython } from '../parser/python-scan.ts';
import { splitCell } from '../parser/split-cell.ts';

type Verdict = ReturnType<CellLanguage['isComplete']>;

const INDENT = '    ';
const COMPLETE: Verdict = { status: 'complete', indent: '' };

/**
 * Whether a console should run the code or wait for more. Without Python's own parser this goes by open
 * brackets and strings, continued lines, block headers, and an indented block that no blank line has ended.
 */
export function isCodeComplete(code: string): Verdict {
  const segments = splitCell(code);
  const last = segments.at(-1);
  if (last === undefined) return COMPLETE;
  if (last.kind === 'cell') return cellMagicComplete(last.body);
  if (last.kind === 'line')
    return last.text.endsWith('\\') ? { status: 'incomplete', indent: '' } : COMPLETE;
  return pythonComplete(last.text);
}

/** A cell magic ends with a blank line, as a block does. */
function cellMagicComplete(body: string): Verdict {
  return body.endsWith('\n') && body.trim() !== ''
    ? COMPLETE
    : { status: 'incomplete', indent: '' };
}

function pythonComplete(code: string): Verdict {
  const lines = code.split('\n');
  const state = scanPython(code);
  if (state.fault !== null) return { status: 'invalid', indent: '' };
  const indent = indentOf(lines.findLast(line => line.trim() !== '') ?? '');
  if (state.brackets.length > 0) return { status: 'incomplete', indent: indent || INDENT };
  if (state.string !== null || state.continued) return { status: 'incomplete', indent };
  return blockComplete(lines, indent);
}

function blockComplete(lines: readonly string[], indent: string): Verdict {
  const last = lines.findLast(line => withoutComment(line) !== '') ?? '';
  if (withoutComment(last).endsWith(':')) return { status: 'incomplete', indent: indent + INDENT };
  if (/^\s*@\w/.test(last)) return { status: 'incomplete', indent };
  const inBlock = indent !== '' && lines.at(-1)?.trim() !== '';
  return inBlock ? { status: 'incomplete', indent } : COMPLETE;
}

function withoutComment(line: string): string {
  return line.replace(/#.*$/, '').trim();
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
