import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';

/** Where systems keep the certificates they trust, all in one file. */
const SYSTEM_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem'
];

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Certificates that this machine and Node trust, as DER. A Java runtime from PyPI has a list of its
 * own and would refuse a company's proxy or mirror that everything else here accepts.
 */
export async function trustedCertificates(
  env: Readonly<Record<string, string | undefined>>
): Promise<Buffer[]> {
  const named = [env.SSL_CERT_FILE, env.NODE_EXTRA_CA_CERTS].filter(name => name !== undefined);
  const texts = await Promise.all([...SYSTEM_BUNDLES, ...named].map(readText));
  const pems = [...rootCertificates, ...texts.flatMap(text => text.match(CERTIFICATE) ?? [])];
  const byHash = new Map<string, Buffer>();
  for (const pem of pems) {
    const der = derOf(pem);
    if (der !== null) byHash.set(createHash('sha256').update(der).digest('hex'), der);
  }
  return [...byHash.values()];
}

/**
 * A Java key store (type JKS, version 2) that holds these certificates as trusted; its layout is
 * that of `sun.security.provider.JavaKeyStore`. Certificates are public, so the password that the
 * format wants protects nothing.
 */
export function trustStore(certificates: readonly Buffer[], password: string): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt32BE(0xfeedfeed, 0);
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(certificates.length, 8);
  const body = Buffer.concat([head, ...certificates.map(trustedEntry)]);
  const secret = Buffer.from(password, 'utf16le').swap16();
  const digest = createHash('sha1').update(secret).update('Mighty Aphrodite').update(body).digest();
  return Buffer.concat([body, digest]);
}

function trustedEntry(der: Buffer, index: number): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(2);
  const created = Buffer.alloc(8);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(der.length);
  return Buffer.concat([head, text(`ca${index}`), created, text('X.509'), length, der]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function derOf(pem: string): Buffer | null {
  try {
    return new X509Certificate(pem).raw;
  } catch {
    return null;
  }
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
