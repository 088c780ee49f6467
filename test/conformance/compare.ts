import { type Capture } from './captures.ts';
import { comparable } from './volatile.ts';

/** An answer of the endpoint under test, with its body unpacked. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One point in which an answer is not what real Livy gave. */
export interface Deviation {
  /** `status`, `header NAME`, `Java stack`, `body`, or a path into a JSON body such as `body.output.evalue`. */
  readonly where: string;
  readonly recorded: unknown;
  readonly answered: unknown;
}

const HEADERS = ['content-type', 'location', 'allow', 'content-encoding', 'cache-control'] as const;

/**
 * Compares an answer with a recorded one by what a client can rely on: status, the headers that
 * describe the body or a resource, the shape of the body, fields and their types, and texts and
 * numbers except for those that belong to one run only (`volatile.ts`).
 */
export function deviations(capture: Capture, answer: Answer): Deviation[] {
  return [
    ...deviation('status', capture.status, answer.status),
    ...HEADERS.flatMap(name =>
      deviation(`header ${name}`, headerOf(capture.headers, name), headerOf(answer.headers, name))
    ),
    ...deviation('Java stack', hasJavaStack(capture), hasJavaStack(answer)),
    ...bodyDeviations(shapeOf(capture), shapeOf(answer))
  ];
}

function deviation(where: string, recorded: unknown, answered: unknown): Deviation[] {
  return recorded === answered ? [] : [{ where, recorded, answered }];
}

function headerOf(headers: Readonly<Record<string, string>>, name: string): unknown {
  const text = headers[name];
  return text === undefined ? undefined : comparable([name], text.toLowerCase());
}

/** Whether a text of the body ends in the stack of a Java exception; its lines are not compared. */
function hasJavaStack({ body }: Pick<Answer, 'body'>): boolean {
  return body.includes('\\n\\tat ');
}

interface Shape {
  readonly kind: 'empty' | 'html' | 'text' | 'json';
  readonly value: unknown;
}

function shapeOf({ headers, body }: Pick<Answer, 'headers' | 'body'>): Shape {
  if (body === '') return { kind: 'empty', value: undefined };
  const type = headers['content-type'] ?? '';
  if (type.startsWith('text/html')) return { kind: 'html', value: body };
  if (!type.startsWith('application/json')) return { kind: 'text', value: body };
  return { kind: 'json', value: JSON.parse(body) as unknown };
}

function bodyDeviations(recorded: Shape, answered: Shape): Deviation[] {
  if (recorded.kind !== answered.kind) return deviation('body', recorded.kind, answered.kind);
  // A person reads an error page of the web server; no client does.
  if (recorded.kind === 'html' || recorded.kind === 'empty') return [];
  return valueDeviations([], recorded.value, answered.value);
}

function valueDeviations(
  path: readonly string[],
  recorded: unknown,
  answered: unknown
): Deviation[] {
  const [expected, found] = [comparable(path, recorded), comparable(path, answered)];
  if (Array.isArray(expected) && Array.isArray(found) && expected.length === found.length)
    return expected.flatMap((item: unknown, index) =>
      valueDeviations([...path, String(index)], item, found[index])
    );
  if (isRecord(expected) && isRecord(found)) return fieldDeviations(path, expected, found);
  return deviation(['body', ...path].join('.'), textOf(expected), textOf(found));
}

function fieldDeviations(
  path: readonly string[],
  recorded: Readonly<Record<string, unknown>>,
  answered: Readonly<Record<string, unknown>>
): Deviation[] {
  if (recorded['state'] === 'cancelled' && 'output' in recorded)
    return fieldDeviations(path, withoutWords(recorded), withoutWords(answered));
  const names = new Set([...Object.keys(recorded), ...Object.keys(answered)]);
  return [...names].flatMap(name =>
    valueDeviations([...path, name], recorded[name], answered[name])
  );
}

/** A cancelled statement without what it said last, which depends on where the cancel met it. */
function withoutWords(statement: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { state, output, ...rest } = statement;
  const fields = isRecord(output) ? Object.keys(output).sort() : output;
  return { ...rest, ended: state, fields };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Lists of other lengths and values of other types are compared, and shown, as they are written. */
function textOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
