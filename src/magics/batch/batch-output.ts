import type { LogLine } from '../../runtime/batches/log-line.ts';
import type { Display } from '../contract.ts';
import { formatPlural } from '../output/format.ts';

/** Lines that a cell shows of one log while it grows; a notebook is no place for more. */
const MAX_LINES = 400;
/** Of those beyond, the newest that are shown at the end. */
const TAIL_LINES = 20;

/**
 * The log of a batch below its cell: what the job prints goes to standard output, warnings and errors of Spark to
 * standard error, and the rest of Spark's messages is only counted.
 */
export class BatchOutput {
  readonly #display: Display;
  #shown = 0;
  #folded = 0;
  #dropped = 0;
  #gap = false;
  #tail: readonly LogLine[] = [];
  /** Lines of a stack trace go with what stands above them. */
  #above: LogLine['kind'] = 'print';

  constructor(display: Display) {
    this.#display = display;
  }

  add(lines: readonly LogLine[], gap: boolean): void {
    this.#gap ||= gap;
    const visible = lines.map(line => this.#withContext(line)).filter(line => line.kind !== 'info');
    this.#folded += lines.length - visible.length;
    const room = visible.slice(0, Math.max(0, MAX_LINES - this.#shown));
    this.#shown += room.length;
    this.#write(room);
    this.#keep(visible.slice(room.length));
  }

  /** The newest lines that had no room, and one sentence on what is not shown. */
  end(id: number): void {
    const left = this.#dropped - this.#tail.length;
    if (left > 0) this.#display.stdout(`… ${formatPlural(left, 'line')} left out …\n`);
    this.#write(this.#tail);
    const parts = [
      this.#folded === 0 ? '' : `${formatPlural(this.#folded, 'informational message')} of Spark`,
      left > 0 ? `${formatPlural(left, 'line')} in the middle` : '',
      this.#gap ? 'lines that came faster than they could be read' : ''
    ].filter(part => part !== '');
    if (parts.length > 0)
      this.#display.stdout(`Not shown: ${parts.join(', ')}. See %batch log ${id}.\n`);
  }

  #withContext(line: LogLine): LogLine {
    if (line.kind === 'trace') return { ...line, kind: this.#above };
    this.#above = line.kind;
    return line;
  }

  #keep(lines: readonly LogLine[]): void {
    this.#dropped += lines.length;
    this.#tail = [...this.#tail, ...lines].slice(-TAIL_LINES);
  }

  #write(lines: readonly LogLine[]): void {
    for (const { kind, text } of lines)
      if (kind === 'print') this.#display.stdout(`${text}\n`);
      else this.#display.stderr(`${text}\n`);
  }
}
