import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AwsEnvironments } from '../../../runtime/aws/environments-port.ts';
import { HeadraceError } from '../../../shared/errors.ts';
import type { CellContext } from '../../contract.ts';
import { requireName, specOf } from './apply.ts';
import type { AwsArguments } from './arguments.ts';

/** Writes the template of each stack beside the named file, for people who deploy by other means. */
export async function runTemplate(
  file: string,
  args: AwsArguments,
  environments: AwsEnvironments,
  { runtime, display, cwd, signal }: CellContext
): Promise<void> {
  const name = requireName(args, '--template');
  const spec = await specOf(name, args, environments, runtime.targets);
  const stacks = await environments.template(spec, runtime.id, signal);
  const written: string[] = [];
  for (const { layer, template } of stacks) {
    const target = `${file.replace(/\.json$/, '')}-${layer}.json`;
    await write(path.resolve(cwd, target), `${JSON.stringify(template, null, 2)}\n`);
    written.push(target);
  }
  display.stdout(`Wrote ${written.join(', ')}; they are deployed in this order.\n`);
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (cause) {
    throw new HeadraceError('HR_FILE', `Cannot write ${file}`, {
      why: cause instanceof Error ? cause.message : String(cause),
      next: 'Name a file in a folder that is there and can be written to.',
      cause
    });
  }
}
