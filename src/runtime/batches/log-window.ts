/** Headings that Livy puts into a log: first all of standard output, then all of standard error. */
const HEADING = /^\n?(stdout|stderr|YARN Diagnostics): ?$/;

/** Lines of a log that are new since the last look. */
export interface FreshLines {
  readonly lines: readonly string[];
  /** Lines between the last look and these were dropped by the endpoint, which keeps only the newest. */
  readonly gap: boolean;
}

/**
 * Finds the new lines between two looks at a log. Offsets are of no use for that: the endpoint keeps the newest
 * lines of each output, and puts one output behind the other, so that a new line moves all below it.
 */
export class LogWindow {
  #seen = new Map<string, readonly string[]>();

  /** Takes the whole log as it is now. */
  take(log: readonly string[]): FreshLines {
    const sections = sectionsOf(log);
    const fresh = [...sections].map(([name, lines]) => freshOf(this.#seen.get(name) ?? [], lines));
    this.#seen = sections;
    return {
      lines: fresh.flatMap(({ lines }) => lines),
      gap: fresh.some(({ gap }) => gap)
    };
  }
}

/** A log without its headings, in their order. */
export function contentOf(log: readonly string[]): readonly string[] {
  return log.filter(line => !HEADING.test(line));
}

function sectionsOf(log: readonly string[]): Map<string, readonly string[]> {
  const sections = new Map<string, string[]>();
  let name = '';
  for (const line of log) {
    const heading = HEADING.exec(line)?.[1];
    if (heading !== undefined) name = heading;
    else sections.set(name, [...(sections.get(name) ?? []), line]);
  }
  return sections;
}

/** The lines behind the longest end of the old ones that the new ones begin with. */
function freshOf(before: readonly string[], now: readonly string[]): FreshLines {
  for (let dropped = 0; dropped < before.length; dropped++) {
    const kept = before.length - dropped;
    if (startsWith(now, before, dropped)) return { lines: now.slice(kept), gap: false };
  }
  return { lines: now, gap: before.length > 0 && now.length > 0 };
}

function startsWith(now: readonly string[], before: readonly string[], from: number): boolean {
  if (now.length < before.length - from) return false;
  for (let at = from; at < before.length; at++) if (now[at - from] !== before[at]) return false;
  return true;
}
