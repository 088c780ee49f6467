import { z } from 'zod';
import { defineMagic } from '../contract.ts';
import { requireCode } from '../statement/require-code.ts';
import { runCode } from '../statement/run-code.ts';
import { completeSessions, sessionArgument } from '../statement/session-argument.ts';

export const spark = defineMagic({
  name: 'spark',
  kinds: ['cell'],
  summary:
    'Runs Scala in the Spark session; spark, sc and the temporary views are those of Python.',
  args: z.object({ session: sessionArgument }),
  body: 'Scala, as in spark-shell.',
  bodyKind: 'spark',
  examples: [
    '%%spark\nval words = spark.table("counts").as[(String, Long)]\nwords.filter(_._2 > 10).show()'
  ],
  complete: (argument, runtime) =>
    argument === 'session' ? completeSessions(runtime) : Promise.resolve([]),
  run: ({ session }, body, context) =>
    runCode(requireCode(body, '%%spark'), 'spark', context, session)
});
