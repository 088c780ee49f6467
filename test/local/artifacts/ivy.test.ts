import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { proxyFlags } from '../../../src/local/artifacts/ivy.ts';

describe('proxyFlags', () => {
  it('is empty without a proxy', () => {
    assert.deepEqual(proxyFlags({ NO_PROXY: 'localhost' }), []);
  });

  it("says the user's proxy in Java's words", () => {
    const flags = proxyFlags({
      HTTPS_PROXY: 'http://proxy.example:3128',
      http_proxy: 'http://plain.example',
      NO_PROXY: 'localhost, .example.org'
    });
    assert.deepEqual(flags, [
      '-Dhttps.proxyHost=proxy.example',
      '-Dhttps.proxyPort=3128',
      '-Dhttp.proxyHost=plain.example',
      '-Dhttp.proxyPort=80',
      '-Dhttp.nonProxyHosts=localhost|*.example.org'
    ]);
  });

  it('ignores what is no address', () => {
    assert.deepEqual(proxyFlags({ HTTPS_PROXY: 'nonsense' }), []);
  });
});
