/** A field of a line; null is one that is empty and not quoted. */
type Field = string | null;

/**
 * Fields of one CSV record as Spark reads it: commas, double quotes, backslashes that escape within quotes,
 * spaces around a field kept. Null where a quote is not closed.
 */
export function csvFields(line: string): Field[] | null {
  const fields: Field[] = [];
  let at = 0;
  for (;;) {
    const field = line[at] === '"' ? quoted(line, at) : plain(line, at);
    if (field === null) return null;
    fields.push(field.value);
    if (field.end >= line.length) return fields;
    at = field.end + 1;
  }
}

interface Read {
  readonly value: Field;
  /** Where the comma after it is, or the line ends. */
  readonly end: number;
}

function plain(line: string, start: number): Read {
  const comma = line.indexOf(',', start);
  const end = comma === -1 ? line.length : comma;
  return { value: start === end ? null : line.slice(start, end), end };
}

function quoted(line: string, start: number): Read | null {
  const found = /^"((?:[^"\\]|\\[\s\S]|"")*)"[^,]*/.exec(line.slice(start));
  if (found === null) return null;
  const value = (found[1] ?? '').replaceAll('""', '"').replaceAll(/\\(["\\])/g, '$1');
  return { value, end: start + found[0].length };
}
