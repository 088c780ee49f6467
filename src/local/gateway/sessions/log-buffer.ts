/** Lines kept of each stream, as `livy.cache-log.size`. */
const KEPT_LINES = 200;
/** A longer line is cut: the log is for people. */
const LINE_LIMIT = 4_000;

/** A part of the log, in the form of `GET /sessions/{id}/log`. */
export interface LogSlice {
  readonly from: number;
  readonly total: number;
  readonly log: readonly string[];
}

/** The newest lines of a driver's output, laid out as Livy does: all of stdout, then all of stderr. */
export class LogBuffer {
  readonly #lines: Record<'stdout' | 'stderr', string[]> = { stdout: [], stderr: [] };

  add(stream: 'stdout' | 'stderr', line: string): void {
    const lines = this.#lines[stream];
    lines.push(line.length > LINE_LIMIT ? `${line.slice(0, LINE_LIMIT)}…` : line);
    if (lines.length > KEPT_LINES) lines.shift();
  }

  lines(): string[] {
    return ['stdout: ', ...this.#lines.stdout, '\nstderr: ', ...this.#lines.stderr];
  }

  /** A negative `from` counts back from the end by `size`; a negative `size` is everything. */
  slice(from: number, size: number): LogSlice {
    const lines = this.lines();
    const count = size < 0 ? lines.length : size;
    const start = from < 0 ? Math.max(0, lines.length - count) : from;
    return { from: start, total: lines.length, log: lines.slice(start, start + count) };
  }
}
