import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { synthesize } from '../../../../src/runtime/aws/template/synthesize.ts';
import { REFERENCE } from './matrix.ts';

it('makes the reference environment as the golden file has it', () => {
  const golden = readFileSync(new URL('reference.golden.json', import.meta.url), 'utf8');
  assert.deepEqual(
    synthesize(REFERENCE.spec, REFERENCE.resolved),
    JSON.parse(golden),
    'If the change is wanted: node --import tsx test/runtime/aws/template/write-templates.ts --golden, then npx prettier --write on it'
  );
});
