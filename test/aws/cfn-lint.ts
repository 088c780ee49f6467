import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Template } from '../../src/runtime/aws/template/types.ts';
import { testPython } from './moto/moto.ts';

/**
 * W3010 wants zones by `Fn::GetAZs`. Ours are written out on purpose: they are those in which every service of the
 * environment is offered, which that function does not know.
 */
const IGNORED = 'W3010';

/** What cfn-lint ends with: the sum of 2 for errors, 4 for warnings and 8 for remarks. */
const STATUSES = [0, 2, 4, 6, 8, 10, 12, 14];

const findingsSchema = z.array(
  z.object({
    Filename: z.string(),
    Message: z.string(),
    Location: z.object({ Path: z.array(z.union([z.string(), z.number()])).nullish() }),
    Rule: z.object({ Id: z.string() })
  })
);

async function run(files: string): Promise<string> {
  const program = path.join(path.dirname(testPython()), 'cfn-lint');
  const args = ['--format', 'json', '--ignore-checks', IGNORED, '--template', files];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [out] = await Promise.all([text(child.stdout), once(child, 'close')]);
  assert.ok(STATUSES.includes(child.exitCode ?? -1), `cfn-lint ended with ${child.exitCode}`);
  return out;
}

/** The errors and warnings of cfn-lint about templates, each as `NAME RULE PATH: MESSAGE`. */
export async function lint(
  templates: readonly { readonly name: string; readonly template: Template }[]
): Promise<readonly string[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'headrace-lint-'));
  try {
    for (const { name, template } of templates)
      await writeFile(path.join(folder, `${name}.json`), JSON.stringify(template));
    const findings = findingsSchema.parse(JSON.parse(await run(path.join(folder, '*.json'))));
    return findings.map(({ Filename, Rule, Location, Message }) => {
      const where = (Location.Path ?? []).join('/');
      return `${path.basename(Filename, '.json')} ${Rule.Id} ${where}: ${Message}`;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
