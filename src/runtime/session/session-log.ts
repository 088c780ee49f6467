/** Marks with which the local driver notes its phases in the log. */
const PHASE = /^headrace: (.+)$/;
/** Lines that explain a death; the driver's own sentence is the best of them. */
const ENDED = /^The driver has ended: (.+?)\.?$/;
/** An end of which the driver itself could say nothing. */
const BARE_STATUS = /^exit status \d+$/;
const FAILURE = /\b(?:\w+(?:Error|Exception)|ERROR|FATAL|Killed|refused|not found)\b/;
const STACK_LINE = /^\s+(?:at |\.\.\. )/;

/** The newest phase of a starting session (`waiting for Java`), or null where the log tells none. */
export function phaseOf(log: readonly string[]): string | null {
  return log.map(line => PHASE.exec(line)?.[1]).findLast(phase => phase !== undefined) ?? null;
}

/** One clause that says why a session died, from its log; null when the log says nothing. */
export function deathReason(log: readonly string[]): string | null {
  const lines = log.filter(
    line => line.trim() !== '' && !STACK_LINE.test(line) && !isHeading(line)
  );
  const told = lines.map(line => ENDED.exec(line)?.[1]).findLast(reason => reason !== undefined);
  if (told !== undefined && !BARE_STATUS.test(told)) return told;
  const failure = lines.findLast(line => FAILURE.test(line))?.trim();
  return failure ?? told ?? lines.at(-1)?.trim() ?? null;
}

const isHeading = (line: string): boolean => /^\s*(?:stdout|stderr):\s*$/.test(line);
