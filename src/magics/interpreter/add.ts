import { z } from 'zod';
import { addPackage } from '../../runtime/dependencies/dependencies.ts';
import { defineMagic } from '../contract.ts';
import { applyDependencies } from './apply.ts';
import { restartArgument } from './restart-argument.ts';

export const interpreterAdd = defineMagic({
  name: 'interpreter',
  action: 'add',
  kinds: ['line'],
  summary: 'Adds Maven packages to the Spark session.',
  positional: ['packages...'],
  args: z.object({
    packages: z.array(z.string()).min(1).describe('Coordinates GROUP:ARTIFACT:VERSION.'),
    restart: restartArgument
  }),
  examples: ['%interpreter add org.apache.commons:commons-csv:1.14.1'],
  run: ({ packages, restart }, _body, context) =>
    applyDependencies(packages.reduce(addPackage, context.runtime.dependencies), restart, context)
});
