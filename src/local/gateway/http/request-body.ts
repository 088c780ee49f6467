import { isUtf8 } from 'node:buffer';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { JsonFault, placeOf } from '../json/fault.ts';
import { scanJson } from '../json/scanner.ts';
import { mapperError, notAnObject, refusalOf } from '../json/refusals.ts';

const FORM = 'application/x-www-form-urlencoded';

/**
 * Reads the body of a request as Livy does: as JSON whatever its content type says, then by a schema of
 * `json/fields.ts`. `className` is the class that Livy reads it into. Throws a Refusal in Livy's words.
 */
export function requestBody<T>(
  request: FastifyRequest,
  schema: z.ZodType<T>,
  className: string
): T {
  const bytes = bodyBytes(request);
  const value = parsed(bytes, className);
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw notAnObject(value, bytes, className);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw refusalOf(result.error.issues, { schema, bytes, className });
}

function bodyBytes({ body, headers }: FastifyRequest): Buffer {
  const isForm = headers['content-type']?.startsWith(FORM) === true;
  const bytes = Buffer.isBuffer(body) && !isForm ? body : Buffer.alloc(0);
  if (bytes.every(byte => byte <= 32))
    throw mapperError('No content to map due to end-of-input', { line: 1, column: 0 });
  return bytes;
}

function parsed(bytes: Buffer, className: string): unknown {
  try {
    if (isUtf8(bytes)) return JSON.parse(bytes.toString()) as unknown;
  } catch {
    return firstValue(bytes, className);
  }
  return firstValue(bytes, className);
}

/** Livy reads the first JSON value and nothing behind it; what is wrong with it is said in Livy's words. */
function firstValue(bytes: Buffer, className: string): unknown {
  try {
    const { end } = scanJson(bytes);
    return JSON.parse(bytes.toString('utf8', 0, end)) as unknown;
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const { message, offset, field } = error;
    throw mapperError(message, placeOf(bytes, offset), field && { className, field });
  }
}
