import type { AddressInfo } from 'node:net';
import { createServer, type PeerCertificate, type TLSSocket } from 'node:tls';
import { AUTHORITY, BROKER_CERT, BROKER_KEY } from './certificates.ts';

/** What a client has shown. */
export interface Seen {
  /** The name that it wanted to reach. */
  readonly server: string | false;
  /** Common name of its certificate. */
  readonly client: string | null;
  mechanism?: string;
  /** The first message of the mechanism. */
  message?: string;
}

/** API keys and an error of the protocol, https://kafka.apache.org/protocol. */
const SASL_HANDSHAKE = 17;
const SASL_AUTHENTICATE = 36;
const SASL_AUTHENTICATION_FAILED = 58;

/** A broker over TLS that takes down who asks, and then refuses everybody. Whoever opened it closes it. */
export async function openSaslBroker(options: { readonly clientCertificate?: boolean } = {}) {
  const seen: Seen[] = [];
  let meet: (one: Seen) => void = () => undefined;
  const first = new Promise<Seen>(resolve => (meet = resolve));
  const sockets = new Set<TLSSocket>();
  const server = createServer({
    key: BROKER_KEY,
    cert: BROKER_CERT,
    ca: AUTHORITY,
    requestCert: options.clientCertificate ?? false,
    rejectUnauthorized: options.clientCertificate ?? false
  });
  server.on('tlsClientError', () => undefined);
  server.on('secureConnection', socket => {
    sockets.add(socket);
    const one: Seen = { server: serverName(socket), client: commonName(socket) };
    seen.push(one);
    meet(one);
    serve(socket, one);
  });
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `localhost:${port}`,
    /** All clients so far, oldest first. */
    seen: seen as readonly Seen[],
    /** Resolves when the first has come. */
    first,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise(resolve => server.close(resolve));
    }
  };
}

/** Its types lack this one. https://nodejs.org/api/tls.html#tlssocketservername */
function serverName(socket: TLSSocket & { readonly servername?: string | false }): string | false {
  return socket.servername ?? false;
}

/** Without a certificate Node gives an object without members, which its types do not say. */
function commonName(socket: TLSSocket): string | null {
  const { subject } = socket.getPeerCertificate() as Partial<PeerCertificate>;
  return subject?.CN ?? null;
}

function serve(socket: TLSSocket, seen: Seen): void {
  let waiting = Buffer.alloc(0);
  socket.on('error', () => undefined);
  socket.on('data', chunk => {
    waiting = Buffer.concat([waiting, chunk]);
    while (waiting.length >= 4 && waiting.length >= 4 + waiting.readInt32BE(0)) {
      const end = 4 + waiting.readInt32BE(0);
      const answer = answerTo(waiting.subarray(4, end), seen);
      waiting = waiting.subarray(end);
      if (answer === null) socket.destroy();
      else socket.write(answer);
    }
  });
}

/** Null for a request that the broker does not know. */
function answerTo(request: Buffer, seen: Seen): Buffer | null {
  const api = request.readInt16BE(0);
  const correlation = request.subarray(4, 8);
  const body = request.subarray(10 + request.readInt16BE(8));
  if (api === SASL_HANDSHAKE) {
    seen.mechanism = body.subarray(2, 2 + body.readInt16BE(0)).toString('utf8');
    return framed(
      correlation,
      int16(0),
      int32(1),
      int16(seen.mechanism.length),
      Buffer.from(seen.mechanism)
    );
  }
  if (api !== SASL_AUTHENTICATE) return null;
  const { length, size } = varint(body.subarray(1));
  seen.message = body.subarray(1 + size, size + length).toString('utf8');
  const reason = Buffer.from('Access is denied by the test');
  const tagged = Buffer.from([0]);
  return framed(
    correlation,
    tagged,
    int16(SASL_AUTHENTICATION_FAILED),
    Buffer.from([reason.length + 1]),
    reason,
    Buffer.from([1]),
    Buffer.alloc(8),
    tagged
  );
}

function framed(...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([int32(content.length), content]);
}

function int16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeInt16BE(value);
  return buffer;
}

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
}

/** An unsigned varint, and how many bytes it takes. */
function varint(buffer: Buffer): { readonly length: number; readonly size: number } {
  let length = 0;
  for (let size = 0; ; size++) {
    const byte = buffer[size] ?? 0;
    length |= (byte & 0x7f) << (7 * size);
    if (byte < 0x80) return { length, size: size + 1 };
  }
}
