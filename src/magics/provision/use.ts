import { z } from 'zod';
import { LOCAL_TARGET } from '../../runtime/profile/profile.ts';
import { defineMagic } from '../contract.ts';
import { moveTo, showPreflight } from './move.ts';
import { completeTargets } from './targets.ts';

export const provisionUse = defineMagic({
  name: 'provision',
  action: 'use',
  kinds: ['line'],
  summary:
    'Moves this notebook to another Kafka and Spark, after a list of what will differ; no other cell changes.',
  positional: ['target'],
  args: z.object({
    target: z
      .string()
      .min(1)
      .describe(`A profile, or ${LOCAL_TARGET} for the stack of this machine.`),
    check: z.boolean().default(false).describe('Only lists what would differ.')
  }),
  examples: ['%provision use prod', '%provision use local', '%provision use prod --check'],
  complete: (_argument, runtime) => completeTargets(runtime),
  async run({ target, check }, _body, context) {
    if (!check) return moveTo(target, context);
    showPreflight(await context.runtime.targets.compare(target, context.signal), context);
  }
});
