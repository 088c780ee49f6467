import { z } from 'zod';
import { defineMagic } from '../contract.ts';
import { requireCode } from '../statement/require-code.ts';
import { runCode } from '../statement/run-code.ts';
import { completeSessions, sessionArgument } from '../statement/session-argument.ts';

export const pyspark = defineMagic({
  name: 'pyspark',
  kinds: ['cell'],
  summary: 'Runs Python in the Spark session, as a cell without a magic does.',
  args: z.object({ session: sessionArgument }),
  body: 'Python.',
  bodyKind: 'pyspark',
  examples: ['%%pyspark --session etl\nspark.table("visits").count()'],
  complete: (argument, runtime) =>
    argument === 'session' ? completeSessions(runtime) : Promise.resolve([]),
  run: ({ session }, body, context) =>
    runCode(requireCode(body, '%%pyspark'), 'pyspark', context, session)
});
