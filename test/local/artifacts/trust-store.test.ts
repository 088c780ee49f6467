import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { describe, it } from 'node:test';
import { trustStore, trustedCertificates } from '../../../src/local/artifacts/trust-store.ts';

/** Reads a JKS store back: the certificates, and whether the digest at its end is right. */
function readStore(store: Buffer, password: string): { certificates: Buffer[]; intact: boolean } {
  assert.equal(store.readUInt32BE(0), 0xfeedfeed);
  assert.equal(store.readUInt32BE(4), 2);
  let at = 12;
  const certificates = Array.from({ length: store.readUInt32BE(8) }, () => {
    assert.equal(store.readUInt32BE(at), 2);
    at += 4;
    at += 2 + store.readUInt16BE(at) + 8;
    at += 2 + store.readUInt16BE(at);
    const length = store.readUInt32BE(at);
    at += 4 + length;
    return store.subarray(at - length, at);
  });
  const secret = Buffer.from(password, 'utf16le').swap16();
  const hash = createHash('sha1').update(secret).update('Mighty Aphrodite');
  const digest = hash.update(store.subarray(0, at)).digest();
  return { certificates, intact: digest.equals(store.subarray(at)) };
}

describe('the trust store for Java', () => {
  it('holds every certificate that it was given', async () => {
    const given = await trustedCertificates({});
    const { certificates, intact } = readStore(trustStore(given, 'secret'), 'secret');
    assert.ok(intact);
    assert.deepEqual(certificates, given);
  });

  it('trusts at least what Node trusts, each certificate once', async () => {
    const given = await trustedCertificates({});
    const sums = given.map(der => createHash('sha256').update(der).digest('hex'));
    assert.equal(new Set(sums).size, sums.length);
    assert.ok(given.length >= rootCertificates.length);
  });

  it('ignores a bundle that is named and not there', async () => {
    const given = await trustedCertificates({ SSL_CERT_FILE: '/no/such/bundle.pem' });
    assert.equal(given.length, (await trustedCertificates({})).length);
  });
});
