import type { MagicDefinition } from '../contract.ts';
import { awsProfileOf } from '../job/open-jobs.ts';

/** On AWS, EMR runs what `%submit` is given: there `%batch` is about its jobs, so that the cells are the same. */
export function alsoOnEmr(batch: MagicDefinition, job: MagicDefinition): MagicDefinition {
  return {
    ...batch,
    async complete(argument, runtime) {
      const magic = (await awsProfileOf(runtime)) === null ? batch : job;
      return magic.complete?.(argument, runtime) ?? [];
    },
    async run(args, body, context) {
      if ((await awsProfileOf(context.runtime)) === null) await batch.run(args, body, context);
      else await job.run(job.args.parse(args), body, context);
    }
  };
}
