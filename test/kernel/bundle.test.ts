import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { projectRoot } from '../../src/local/paths.ts';

/** What esbuild tells of a build. https://esbuild.github.io/api/#metafile */
const metafileSchema = z.object({
  outputs: z.record(
    z.string(),
    z.object({
      imports: z.array(
        z.object({ path: z.string(), kind: z.string(), external: z.boolean().default(false) })
      ),
      inputs: z.record(z.string(), z.unknown())
    })
  )
});
type Outputs = z.infer<typeof metafileSchema>['outputs'];

const KERNEL = 'build/node/kernel.mjs';

/** `npm test` builds before; a single file of tests reads the build that is there. */
async function outputs(): Promise<Outputs> {
  const file = path.join(projectRoot(), 'build/node/metafile.json');
  assert.ok(existsSync(file), 'build first: node tools/build.mjs node');
  return metafileSchema.parse(JSON.parse(await readFile(file, 'utf8'))).outputs;
}

/** Sources that are read when an output is loaded, with all that follows at once; with `later`, at first use too. */
function sourcesOf(all: Outputs, entry: string, { later = false } = {}): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const output = all[name];
    if (output === undefined || seen.has(name)) return;
    seen.add(name);
    for (const { path: next, kind, external } of output.imports)
      if (!external && (later || kind !== 'dynamic-import')) visit(next);
  };
  visit(entry);
  return new Set([...seen].flatMap(name => Object.keys(all[name]?.inputs ?? {})));
}

const inPackage = (sources: ReadonlySet<string>, name: string): readonly string[] =>
  [...sources].filter(source => source.startsWith(`node_modules/${name}`));

/** Packages of which a kernel that has just started has read nothing. */
const AT_FIRST_USE = ['@aws-sdk/', '@smithy/', '@platformatic/kafka/', 'vega/', 'vega-lite/'];

describe('the built kernel', () => {
  it('reads no client of AWS or Kafka, and no Vega, before the first cell that needs it', async () => {
    const all = await outputs();
    const atOnce = sourcesOf(all, KERNEL);
    assert.ok(atOnce.has('src/kernel/main.ts'));
    for (const name of AT_FIRST_USE) assert.deepEqual(inPackage(atOnce, name), [], name);
  });

  it('has them all the same', async () => {
    const ever = sourcesOf(await outputs(), KERNEL, { later: true });
    for (const name of AT_FIRST_USE) assert.notDeepEqual(inPackage(ever, name), [], name);
  });

  it('has each client of AWS in a chunk of its own', async () => {
    const all = await outputs();
    const clients = (name: string) =>
      new Set(
        Object.keys(all[name]?.inputs ?? {}).flatMap(
          source => /^node_modules\/(@aws-sdk\/client-(?!sso)[^/]+)\//.exec(source)?.[1] ?? []
        )
      );
    assert.ok(Object.keys(all).some(name => clients(name).has('@aws-sdk/client-ec2')));
    for (const name of Object.keys(all)) assert.ok(clients(name).size <= 1, name);
  });

  it('lies as deep below the root as its chunks, all of which are there', async () => {
    const chunks = Object.keys(await outputs()).filter(name => !name.startsWith('build/node/'));
    assert.ok(chunks.length > 10);
    const there = new Set(await readdir(path.join(projectRoot(), 'build/chunks')));
    for (const name of chunks) {
      assert.match(name, /^build\/chunks\/[^/]+$/);
      assert.ok(there.has(path.basename(name)), name);
    }
  });
});
