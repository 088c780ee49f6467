import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, it } from 'node:test';
import { sessionFolders } from '../../../../src/local/gateway/sessions/session-record.ts';
import { gatewayFixture } from '../gateway-fixture.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'headrace-unwritable-'));
after(() => rmSync(folder, { recursive: true }));

it('a session whose folder cannot be made is refused with the reason, and another one is not', async () => {
  const sessions = path.join(folder, 'sessions');
  const { call } = await gatewayFixture({ store: sessionFolders(sessions) });
  writeFileSync(sessions, 'a file');
  const { status, body } = await call('POST', '/sessions', { kind: 'pyspark' });
  assert.equal(status, 500);
  assert.match(JSON.stringify(body), /Rejected, Reason: .*cannot be written/);
  rmSync(sessions);
  assert.equal((await call('POST', '/sessions', { kind: 'pyspark' })).status, 201);
});
