/** Fields of which only the type says something: they belong to one run of one server. */
const RUN_FIELDS: readonly string[] = ['id', 'started', 'completed', 'execution_count', 'appId'];

/** Parts of texts that belong to one run, and what stands for them in a comparison. */
const RUN_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/\/(sessions|batches|statements)\/\d+/g, '/$1/#'],
  [/Session '\d+'/g, "Session '#'"],
  [/\b(for session|stage|Task|Job|job group|TID|TID:|Statement) \d+(\.\d+)?/g, '$1 #'],
  [/http:\/\/[\w.]+:\d+/g, 'http://HOST'],
  [/\bres\d+\b/g, 'res#'],
  [/<console>:\d+/g, '<console>:#'],
  [/\.\.\. \d+ elided/g, '... # elided'],
  [/@[0-9a-f]{6,8}\b/g, '@#'],
  // Numbers of columns in a plan, and lines of Spark's own Python.
  [/\b(\w+)#\d+\b/g, '$1#'],
  [/(File "\/opt\/|File "\/[^"]*\/site-packages\/)([^"]*", line )\d+/g, '$1$2#'],
  [/(^|[\s"'(])\/[\w./-]+\/(?=[\w.-])/g, '$1/PATH/']
];

/** A line of a Java stack: other releases of Spark and of Java have other ones. */
const JAVA_FRAME = /^\s*(at )?[\w.$/]+\([^()]*\)\s*$/;

/**
 * The part of a value that can be compared between two runs: at some places only its type, and texts
 * without ids, ports, paths, numbers of Java lines and Java stacks.
 */
export function comparable(path: readonly string[], value: unknown): unknown {
  const name = path.at(-1) ?? '';
  if (RUN_FIELDS.includes(name) && path.length <= 3) return typeOf(value);
  // A log belongs to its run; that it holds lines can be compared.
  if (name === 'log' && Array.isArray(value)) return `${typeOf(value[0])}s`;
  if (name === 'traceback' && Array.isArray(value)) return withoutFrames(value);
  return typeof value === 'string' ? withoutRun(value) : value;
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}

function withoutFrames(lines: readonly unknown[]): unknown[] {
  return lines.filter(line => !JAVA_FRAME.test(String(line)));
}

function withoutRun(text: string): string {
  const shown = text.replace(/(\n\tat [^\n]*)+(\n\t\.\.\. \d+ more)?\n?$/, '');
  return RUN_TEXTS.reduce((rest, [found, stands]) => rest.replace(found, stands), shown);
}
