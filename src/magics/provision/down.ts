import { z } from 'zod';
import type { LeftBehind } from '../../runtime/notebook/targets-port.ts';
import { LOCAL_TARGET } from '../../runtime/profile/profile.ts';
import { defineMagic } from '../contract.ts';
import { withProgress } from '../output/progress.ts';

export const provisionDown = defineMagic({
  name: 'provision',
  action: 'down',
  kinds: ['line'],
  summary: 'Stops the streams, producers, batches and Spark sessions of this notebook.',
  args: z.object({
    stack: z
      .boolean()
      .default(false)
      .describe('Ends the local stack as well, with every topic, also for other notebooks.')
  }),
  examples: ['%provision down', '%provision down --stack'],
  async run({ stack }, _body, context) {
    const local = [null, LOCAL_TARGET].includes(context.runtime.targets.current);
    await withProgress(context, {
      title: stack ? 'Stopping the local stack' : 'Stopping what this notebook runs',
      work: onProgress => context.runtime.down({ stack }, onProgress, context.signal),
      summary: (_result, elapsed) =>
        stack
          ? `Stopped in ${elapsed}: streams, producers, batches, Spark sessions and the local stack.`
          : `Stopped in ${elapsed}: streams, producers, batches and Spark sessions.${remark(local, context.runtime.targets.elsewhere)}`
    });
  }
});

/** What still runs, and what ends by itself. */
function remark(local: boolean, elsewhere: readonly LeftBehind[]): string {
  const left = elsewhere.map(
    ({ target }) => `\n%provision use ${target} comes back to what runs there.`
  );
  return [local ? '\nThe local stack ends by itself when no notebook uses it.' : '', ...left].join(
    ''
  );
}
