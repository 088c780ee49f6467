/**
 * Writes every template of the matrix as JSON into a folder, for cfn-lint and moto:
 * `node --import tsx test/runtime/aws/template/write-templates.ts FOLDER`. With `--golden` it writes the golden file.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '../../../../src/runtime/aws/template/synthesize.ts';
import { matrixTemplates, REFERENCE } from './matrix.ts';
import { sortedJson } from './sorted.ts';

const [target] = process.argv.slice(2);
if (target === undefined) throw new Error('The folder is missing.');
if (target === '--golden') {
  const plans = synthesize(REFERENCE.spec, REFERENCE.resolved);
  writeFileSync(new URL('reference.golden.json', import.meta.url), sortedJson(plans));
} else {
  mkdirSync(target, { recursive: true });
  for (const { name, template } of matrixTemplates())
    writeFileSync(join(target, `${name}.json`), sortedJson(template));
}
