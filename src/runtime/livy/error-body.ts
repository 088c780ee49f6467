import { z } from 'zod';

/** Longest text of an error that is shown. */
const TEXT_LIMIT = 600;

const messageSchema = z.looseObject({ msg: z.string().optional(), message: z.string().optional() });

/**
 * The one sentence in the body of an error. Livy and the services that speak its protocol answer with
 * `{"msg": …}`, a bare JSON string (often with a Java stack), plain text, an HTML page, or nothing.
 */
export function errorText(status: number, body: string): string {
  const text = plainText(body.trim());
  const line = withoutStack(text).trim();
  return line === '' ? `status ${status} without an explanation` : line.slice(0, TEXT_LIMIT);
}

function plainText(body: string): string {
  const value = parsed(body);
  if (typeof value === 'string') return value;
  const message = messageSchema.safeParse(value);
  if (message.success) return message.data.msg ?? message.data.message ?? body;
  return /^<(!doctype|html)/i.test(body) ? pageTitle(body) : body;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function pageTitle(html: string): string {
  const title = /<title>([^<]*)<\/title>/i.exec(html)?.[1];
  return title ?? html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

/** Drops Java stack lines and the wrappers of remote calls. */
function withoutStack(text: string): string {
  return text
    .replace(/\n\s*at [\s\S]*$/, '')
    .replace(
      /^(?:java\.util\.concurrent\.ExecutionException: |org\.apache\.livy\.rsc\.rpc\.RpcException: )+/,
      ''
    );
}
