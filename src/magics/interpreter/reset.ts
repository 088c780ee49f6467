import { z } from 'zod';
import { NO_DEPENDENCIES } from '../../runtime/dependencies/dependencies.ts';
import { defineMagic } from '../contract.ts';
import { applyDependencies } from './apply.ts';
import { restartArgument } from './restart-argument.ts';

export const interpreterReset = defineMagic({
  name: 'interpreter',
  action: 'reset',
  kinds: ['line'],
  summary: 'Takes all added packages and settings away.',
  args: z.object({ restart: restartArgument }),
  examples: ['%interpreter reset --restart'],
  run: ({ restart }, _body, context) => applyDependencies(NO_DEPENDENCIES, restart, context)
});
