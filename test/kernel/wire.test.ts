import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  createSigner,
  decodeMessage,
  encodeMessage,
  type WireMessage
} from '../../src/kernel/wire.ts';
import { request } from '../fakes/requests.ts';

const sign = createSigner('secret', 'hmac-sha256');
/** A part with the key `__proto__` loses it, so that no message can reach a prototype. */
const key = fc.string().filter(name => name !== '__proto__');
const json = fc.dictionary(key, fc.jsonValue());
const bytes = fc.uint8Array({ maxLength: 64 }).map(array => Buffer.from(array));
const identities = fc.array(
  bytes.filter(frame => frame.toString('latin1') !== '<IDS|MSG>'),
  { maxLength: 3 }
);

/** JSON as the other side sees it: `-0` does not survive text. */
function asJson(value: WireMessage['content']): WireMessage['content'] {
  return JSON.parse(JSON.stringify(value)) as WireMessage['content'];
}

describe('wire format', () => {
  it('gives back every message that was encoded', () => {
    fc.assert(
      fc.property(identities, json, json, fc.array(bytes), (ids, content, metadata, buffers) => {
        const message = {
          ...request('execute_request', asJson(content)),
          identities: ids,
          metadata: asJson(metadata),
          buffers
        };
        const decoded = decodeMessage(encodeMessage(message, sign), sign);
        assert.deepEqual(decoded, { ok: true, message });
      })
    );
  });

  it('keeps header fields that it does not know, because replies repeat them', () => {
    const message = request('execute_request', {});
    const header = { ...message.header, subshell_id: 'abc' };
    const decoded = decodeMessage(encodeMessage({ ...message, header }, sign), sign);
    assert.ok(decoded.ok);
    assert.equal(decoded.message.header.subshell_id, 'abc');
  });

  it('refuses a message when any of its signed bytes is changed', () => {
    const frames = encodeMessage(request('execute_request', { code: 'print 1' }), sign);
    const signed = frames.slice(3);
    const positions = signed.flatMap((frame, part) =>
      Array.from({ length: frame.length }, (_, at) => ({ part: part + 3, at }))
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...positions),
        fc.integer({ min: 1, max: 255 }),
        (place, flip) => {
          const changed = frames.map(frame => Buffer.from(frame));
          const frame = changed[place.part];
          assert.ok(frame !== undefined);
          frame[place.at] = (frame[place.at] ?? 0) ^ flip;
          assert.deepEqual(decodeMessage(changed, sign), {
            ok: false,
            reason: 'the signature is wrong'
          });
        }
      )
    );
  });

  it('refuses a message signed with another key, or not signed', () => {
    const message = request('execute_request', {});
    for (const key of ['other', '']) {
      const frames = encodeMessage(message, createSigner(key, 'hmac-sha256'));
      assert.equal(decodeMessage(frames, sign).ok, false);
    }
  });

  it('accepts unsigned messages where the connection has no key', () => {
    const unsigned = createSigner('', 'hmac-sha256');
    const frames = encodeMessage(request('execute_request', {}), unsigned);
    assert.equal(frames[2]?.length, 0);
    assert.ok(decodeMessage(frames, unsigned).ok);
  });

  it('never throws on frames of any content', () => {
    const unsigned = createSigner('', 'hmac-sha256');
    const delimiter = Buffer.from('<IDS|MSG>');
    fc.assert(
      fc.property(fc.array(bytes), fc.array(bytes), (before, after) => {
        assert.equal(decodeMessage(before, sign).ok, false);
        const parts = [Buffer.alloc(0), ...after];
        assert.equal(decodeMessage([delimiter, ...parts], unsigned).ok, false);
      })
    );
  });
});
