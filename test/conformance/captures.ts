import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const FOLDER = new URL('captures/', import.meta.url);

const captureSchema = z.strictObject({
  request: z.strictObject({
    method: z.enum(['GET', 'POST', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'PUT']),
    /** With the query string. */
    path: z.string(),
    /** Names in lower case. */
    headers: z.record(z.string(), z.string()),
    /** As it was sent; null for none. */
    body: z.string().nullable()
  }),
  status: z.int(),
  /** Names in lower case. */
  headers: z.record(z.string(), z.string()),
  /** As it was received, unpacked. */
  body: z.string(),
  note: z.string().optional()
});

/** One exchange that was recorded from a real Livy; `captures/README.md` says how. */
export type Capture = z.infer<typeof captureSchema> & { readonly name: string };

/** All recorded exchanges, by name. */
export function readCaptures(): ReadonlyMap<string, Capture> {
  const names = readdirSync(FOLDER)
    .filter(file => file.endsWith('.json'))
    .map(file => file.slice(0, -'.json'.length))
    .sort();
  return new Map(names.map(name => [name, readCapture(name)]));
}

/** The exchange of that name; fails when there is none. */
export function readCapture(name: string): Capture {
  const text = readFileSync(new URL(`${name}.json`, FOLDER), 'utf8');
  return { name, ...captureSchema.parse(JSON.parse(text)) };
}

/** The recorded body as a JSON value, or undefined where it was none. */
export function recordedJson({ headers, body }: Capture): unknown {
  if (body === '' || headers['content-type']?.startsWith('application/json') !== true)
    return undefined;
  return JSON.parse(body) as unknown;
}
