import { z } from 'zod';
import { defineMagic } from '../contract.ts';
import { tableBundle } from '../output/table.ts';

export const interpreterShow = defineMagic({
  name: 'interpreter',
  action: 'show',
  kinds: ['line'],
  summary: 'Shows the packages, Spark settings, sizes and files that the session starts with.',
  args: z.object({}),
  examples: ['%interpreter show'],
  run(_args, _body, { runtime, display }) {
    const { packages, conf, resources = {} } = runtime.dependencies;
    const rows = [
      ...packages.map(coordinate => ['package', coordinate, '']),
      ...Object.entries(conf).map(([key, value]) => ['setting', key, value]),
      ...Object.entries(resources).map(([key, value]) => resourceRow(key, value))
    ];
    if (rows.length === 0)
      display.stdout(
        'No packages or settings of its own. See %help interpreter and %help configure.\n'
      );
    else
      display.show(
        tableBundle({ columns: [{ name: 'what' }, { name: 'name' }, { name: 'value' }], rows })
      );
    return Promise.resolve();
  }
});

function resourceRow(key: string, value: unknown): [what: string, name: string, value: string] {
  return Array.isArray(value) ? ['files', key, value.join(', ')] : ['size', key, String(value)];
}
