import { z } from 'zod';
import { defineMagic } from '../contract.ts';
import { withProgress } from '../output/progress.ts';

export const provisionLocal = defineMagic({
  name: 'provision',
  action: 'local',
  kinds: ['line'],
  summary:
    'Starts Kafka and Spark on this machine, or attaches to those that run; safe to run again.',
  args: z.object({}),
  examples: ['%provision local'],
  async run(_args, _body, context) {
    await withProgress(context, {
      title: 'Starting the local stack',
      work: onProgress => context.runtime.provisionLocal(onProgress, context.signal),
      summary: ({ brokers }, elapsed) =>
        `Ready in ${elapsed}: Kafka at ${brokers.join(', ')}, Spark session for this notebook.`
    });
  }
});
