import { timestampOut } from './json.ts';
import type { Routed } from './route.ts';
import type { Member, Shape } from './shapes.ts';

/** A request as it came in, with its whole body. */
export interface WireRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** How the body of a REST protocol is read and written. */
export interface BodyCodec {
  readonly contentType: string;
  read(body: Buffer, members: readonly Member[]): Readonly<Record<string, unknown>>;
  readPayload(body: Buffer, shape: Shape): unknown;
  write(members: readonly Member[], value: unknown, shape: Shape): string;
  writePayload(member: Member, value: unknown): string;
}

/** https://smithy.io/2.0/spec/http-bindings.html */
export function readBound(
  request: WireRequest,
  { route, labels }: Routed,
  codec: BodyCodec
): unknown {
  const members = route.operation.input.members();
  const outside = members.flatMap(member => {
    const value = fromOutside(member, request, labels);
    return value === undefined ? [] : [[member.name, value] as const];
  });
  return { ...bodyOf(members, request.body, codec), ...Object.fromEntries(outside) };
}

const OUTSIDE = ['httpLabel', 'httpQuery', 'httpHeader', 'httpPrefixHeaders', 'httpResponseCode'];
const isOutside = ({ traits }: Member): boolean => OUTSIDE.some(name => name in traits);

function bodyOf(members: readonly Member[], body: Buffer, codec: BodyCodec): object {
  const payload = members.find(({ traits }) => 'httpPayload' in traits);
  if (payload === undefined) {
    return codec.read(
      body,
      members.filter(member => !isOutside(member))
    );
  }
  const value =
    payload.shape.kind === 'blob' ? new Uint8Array(body) : codec.readPayload(body, payload.shape);
  return { [payload.name]: value };
}

function fromOutside(
  { name, traits, shape }: Member,
  { url, headers }: WireRequest,
  labels: Readonly<Record<string, string>>
): unknown {
  if ('httpLabel' in traits) return labels[name];
  if ('httpQuery' in traits)
    return typed(shape, url.searchParams.getAll(String(traits['httpQuery'])));
  if ('httpPrefixHeaders' in traits) return prefixed(headers, String(traits['httpPrefixHeaders']));
  if (!('httpHeader' in traits)) return undefined;
  const value = headers[String(traits['httpHeader']).toLowerCase()];
  return typed(shape, value === undefined ? [] : [value]);
}

function typed(shape: Shape, [text, ...more]: readonly string[]): unknown {
  if (text === undefined) return undefined;
  if (shape.kind === 'list') return [text, ...more];
  if (shape.kind === 'number') return Number(text);
  if (shape.kind === 'timestamp') return new Date(text);
  return shape.kind === 'boolean' ? text === 'true' : text;
}

function prefixed(headers: WireRequest['headers'], prefix: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith(prefix.toLowerCase()))
      .map(([name, value]) => [name.slice(prefix.length), value])
  );
}

export function writeBound(value: unknown, { route }: Routed, codec: BodyCodec): WireResponse {
  const { output } = route.operation;
  const members = output.members();
  const headers = Object.assign({}, ...members.map(member => toHeaders(member, value))) as object;
  const payload = members.find(({ traits }) => 'httpPayload' in traits);
  return {
    status: route.status,
    headers: { 'content-type': codec.contentType, ...headers },
    body:
      payload === undefined
        ? codec.write(
            members.filter(member => !isOutside(member)),
            value,
            output
          )
        : payloadOut(payload, value, codec)
  };
}

function payloadOut(member: Member, value: unknown, codec: BodyCodec): string | Uint8Array {
  const held = (value as Readonly<Record<string, unknown>>)[member.name];
  if (held === undefined) return '';
  return held instanceof Uint8Array ? held : codec.writePayload(member, held);
}

function toHeaders({ name, traits, shape }: Member, value: unknown): Record<string, string> {
  const held = (value as Readonly<Record<string, unknown>>)[name];
  if (held === undefined) return {};
  if ('httpHeader' in traits) return { [String(traits['httpHeader'])]: headerOf(shape, held) };
  if (!('httpPrefixHeaders' in traits)) return {};
  const prefix = String(traits['httpPrefixHeaders']);
  return Object.fromEntries(
    Object.entries(held as Record<string, string>).map(([key, text]) => [prefix + key, text])
  );
}

const headerOf = (shape: Shape, held: unknown): string =>
  held instanceof Date ? String(timestampOut(held, shape.format ?? 'http-date')) : String(held);
