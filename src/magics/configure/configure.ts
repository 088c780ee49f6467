import { z } from 'zod';
import { HeadraceError } from '../../shared/errors.ts';
import { defineMagic } from '../contract.ts';
import { RESTART_LOSS, restartSession } from '../statement/restart-session.ts';
import { runningSession } from '../statement/running-session.ts';
import { readSessionRequest } from './session-request.ts';
import { toDependencies } from './to-dependencies.ts';

export const configure = defineMagic({
  name: 'configure',
  kinds: ['cell'],
  summary:
    'Sets the sizes, files and Spark settings of the next session, in the JSON that EMR notebooks use.',
  aliases: { f: 'force' },
  raw: 'json',
  args: z.object({
    force: z
      .boolean()
      .default(false)
      .describe('Restarts a session that runs already: variables and views end, streams go on.'),
    json: z.string().optional().describe('The JSON, where it begins on the first line.')
  }),
  body: "one JSON object with fields of Livy's session request, such as conf, jars, pyFiles, driverMemory, executorCores. It takes the place of all settings and sizes given before; packages stay.",
  examples: [
    '%%configure -f\n{"driverMemory": "1g", "conf": {"spark.sql.shuffle.partitions": "4"}}',
    '%%configure -f\n{"conf": {"spark.jars.packages": "org.apache.commons:commons-csv:1.14.1"}}'
  ],
  async run({ force, json }, body, context) {
    const { runtime, display, cwd } = context;
    const request = readSessionRequest([json, body].filter(part => part !== undefined).join('\n'));
    const { dependencies, notes } = toDependencies(request, runtime.dependencies, cwd);
    const session = await runningSession(context);
    if (session !== null && !force) throw runsAlready();
    await runtime.setDependencies(dependencies);
    for (const note of notes) display.stdout(`${note}\n`);
    if (session === null) display.stdout('Recorded for the next Spark session.\n');
    else await restartSession(context);
  }
});

function runsAlready(): HeadraceError {
  return new HeadraceError('HR_USAGE', 'A Spark session runs already', {
    why: `a restart loses ${RESTART_LOSS}; streams go on from their checkpoints`,
    next: 'Write %%configure -f to restart it with these settings.'
  });
}
