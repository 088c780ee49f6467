import { z } from 'zod';
import { setConf } from '../../runtime/dependencies/dependencies.ts';
import { defineMagic } from '../contract.ts';
import { applyDependencies } from './apply.ts';
import { restartArgument } from './restart-argument.ts';

export const interpreterSet = defineMagic({
  name: 'interpreter',
  action: 'set',
  kinds: ['line'],
  summary: 'Sets Spark settings of the session; an empty value takes a setting away.',
  positional: ['settings...'],
  args: z.object({
    settings: z.array(z.string()).min(1).describe('Settings KEY=VALUE.'),
    restart: restartArgument
  }),
  examples: ['%interpreter set spark.sql.shuffle.partitions=4'],
  run: ({ settings, restart }, _body, context) =>
    applyDependencies(settings.reduce(setConf, context.runtime.dependencies), restart, context)
});
