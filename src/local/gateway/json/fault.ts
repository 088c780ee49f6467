/** Where Livy's JSON mapper says it was reading. */
const SOURCE = '(org.eclipse.jetty.server.HttpInputOverHTTP)';

/** A place in a request body; both count from 1, columns in bytes. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The place of the byte at an offset. */
export function placeOf(bytes: Buffer, offset: number): Place {
  const before = bytes.subarray(0, offset);
  let line = 1;
  let start = 0;
  for (let at = before.indexOf(10); at >= 0; at = before.indexOf(10, at + 1)) {
    line += 1;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}

/** A place in the words of Jackson, the JSON library of Livy. */
export function sourceText({ line, column }: Place): string {
  return `[Source: ${SOURCE}; line: ${line}, column: ${column}]`;
}

/** A text that is no JSON, in Jackson's words without the place. */
export class JsonFault extends Error {
  readonly offset: number;
  /** The field of the outermost object whose value could not be read, when the fault is inside it. */
  readonly field: string | undefined;

  constructor(message: string, offset: number, field?: string) {
    super(message);
    this.offset = offset;
    this.field = field;
  }
}
