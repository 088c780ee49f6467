import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/**
 * The Jupyter wire format: routing identities, a delimiter, a signature, four JSON parts, raw buffers.
 * https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
 */
const DELIMITER = Buffer.from('<IDS|MSG>');
const JSON_PARTS = 4;

/** Any JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

const headerSchema = z.looseObject({
  msg_id: z.string(),
  msg_type: z.string(),
  session: z.string(),
  username: z.string().default(''),
  date: z.string().default(''),
  version: z.string().default('5.0')
});
const objectSchema = z.record(z.string(), z.unknown());

/** Unknown fields are kept, because a reply repeats the whole header of its request. */
export type Header = z.infer<typeof headerSchema>;

export interface WireMessage {
  /** Routing identities of a ROUTER socket; the topic on the publishing socket. */
  readonly identities: readonly Buffer[];
  readonly header: Header;
  /** Header of the request behind this message, empty where there is none. */
  readonly parent: JsonObject;
  readonly metadata: JsonObject;
  readonly content: JsonObject;
  readonly buffers: readonly Buffer[];
}

/** Frames that are not a message of this session, with the reason for the log. */
export type Decoded =
  | { readonly ok: true; readonly message: WireMessage }
  | { readonly ok: false; readonly reason: string };

/** Signs the four JSON parts; the empty string where the connection has no key. */
export type Sign = (parts: readonly Buffer[]) => string;

/** The signer of a connection; `scheme` is `hmac-` and a digest name, as in its connection file. */
export function createSigner(key: string, scheme: string): Sign {
  if (key === '') return () => '';
  const digest = scheme.slice('hmac-'.length);
  return parts => {
    const hmac = createHmac(digest, key);
    for (const part of parts) hmac.update(part);
    return hmac.digest('hex');
  };
}

/** The frames of a message, ready to be sent. */
export function encodeMessage(message: WireMessage, sign: Sign): Buffer[] {
  const parts = [message.header, message.parent, message.metadata, message.content].map(part =>
    Buffer.from(JSON.stringify(part))
  );
  return [...message.identities, DELIMITER, Buffer.from(sign(parts)), ...parts, ...message.buffers];
}

/** The message in some frames. Never throws: what cannot be trusted or read comes back as a reason. */
export function decodeMessage(frames: readonly Buffer[], sign: Sign): Decoded {
  const start = frames.findIndex(frame => frame.equals(DELIMITER));
  const signature = frames[start + 1];
  const parts = frames.slice(start + 2, start + 2 + JSON_PARTS);
  if (start < 0 || signature === undefined || parts.length < JSON_PARTS)
    return { ok: false, reason: 'the frames are not a Jupyter message' };
  if (!sameBytes(signature, Buffer.from(sign(parts))))
    return { ok: false, reason: 'the signature is wrong' };
  const body = parseParts(parts);
  if (body === null) return { ok: false, reason: 'a part of the message is not the expected JSON' };
  const message = {
    identities: frames.slice(0, start),
    ...body,
    buffers: frames.slice(start + 2 + JSON_PARTS)
  };
  return { ok: true, message };
}

function sameBytes(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

function parseParts(
  parts: readonly Buffer[]
): Pick<WireMessage, 'header' | 'parent' | 'metadata' | 'content'> | null {
  const [header, ...others] = parts.map(parseJson);
  const head = headerSchema.safeParse(header);
  const [parent, metadata, content] = others.map(part => objectSchema.safeParse(part));
  if (!head.success || !parent?.success || !metadata?.success || !content?.success) return null;
  return {
    header: head.data,
    parent: parent.data,
    metadata: metadata.data,
    content: content.data
  };
}

function parseJson(part: Buffer): unknown {
  try {
    return JSON.parse(part.toString('utf8'));
  } catch {
    return undefined;
  }
}
