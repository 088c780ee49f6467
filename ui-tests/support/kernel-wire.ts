import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/**
 * Messages of a kernel's WebSocket in the protocol `v1.kernel.websocket.jupyter.org`:
 * https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html
 */
const wireSchema = z.object({
  header: z.looseObject({ msg_type: z.string() }),
  content: z.unknown()
});
export type WireMessage = z.infer<typeof wireSchema>;

const WORD = 8;
/** Channel, header, parent header, metadata, content. */
const PARTS = 5;

/** Reads header and content; throws for what is no such message. */
export function decodeMessage(bytes: Buffer): WireMessage {
  const at = (index: number): number => Number(bytes.readBigUInt64LE(WORD * (index + 1)));
  const part = (index: number): unknown =>
    JSON.parse(bytes.subarray(at(index), at(index + 1)).toString('utf8'));
  return wireSchema.parse({ header: part(1), content: part(PARTS - 1) });
}

/** A message of a kernel without a parent. */
export function encodeMessage(channel: string, type: string, content: unknown): Buffer {
  const header = {
    msg_id: randomUUID(),
    msg_type: type,
    session: 'test',
    username: 'test',
    date: new Date().toISOString(),
    version: '5.4'
  };
  const parts = [channel, ...[header, {}, {}, content].map(part => JSON.stringify(part))].map(
    text => Buffer.from(text)
  );
  const offsets = [WORD * (PARTS + 2)];
  for (const part of parts) offsets.push((offsets.at(-1) ?? 0) + part.length);
  const head = Buffer.alloc(WORD * (PARTS + 2));
  [offsets.length, ...offsets].forEach((value, index) =>
    head.writeBigUInt64LE(BigInt(value), WORD * index)
  );
  return Buffer.concat([head, ...parts]);
}
