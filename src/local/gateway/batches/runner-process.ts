import { z } from 'zod';
import type { LinkedEnd, LinkedEvents } from '../linked/linked-process.ts';
import { LinkedProcess } from '../linked/linked-process.ts';
import type { Runner, RunnerEvents, RunnerLauncher, RunnerState } from './runner-port.ts';

/** The Python module that runs one batch; `spark-jobs/batch`. */
const MODULE = 'batch';

const stateSchema = z.object({ running: z.boolean(), status: z.int().nullable() });
const eventSchema = stateSchema.extend({ type: z.literal('state') });

/** What runners of this machine have in common. All paths are absolute. */
export interface RunnerSettings {
  /** Python with pyspark, which is also the Python of batches. */
  readonly python: string;
  /** The `java` program, 17 or later. */
  readonly java: string;
  /** The project's `spark-jobs` folder; it is on the import path of every batch. */
  readonly jobsDir: string;
  /** Jars that every batch gets: the Kafka connector and what goes with it. */
  readonly jars: readonly string[];
  /** Where class-data archives are kept, which make the start of the JVM faster. */
  readonly archiveDir: string;
}

/** Runs batches as processes that outlive the gateway, one with its JVM a batch. */
export function runnerLauncher(settings: RunnerSettings): RunnerLauncher {
  const { python, java, jobsDir, jars, archiveDir } = settings;
  return {
    start: ({ folder, name, file, className, args, conf, driverMemory, ...lists }, events) =>
      LinkedProcess.start(
        { python, module: MODULE, jobsDir },
        {
          java,
          archive_dir: archiveDir,
          base_jars: jars,
          name,
          file,
          class_name: className,
          args,
          conf,
          memory: driverMemory,
          jars: lists.jars,
          py_files: lists.pyFiles,
          files: lists.files,
          archives: lists.archives
        },
        linkOptions(folder, events)
      ),
    adopt: (folder, events): Runner => LinkedProcess.adopt(linkOptions(folder, events))
  };
}

function linkOptions(folder: string, events: RunnerEvents) {
  return { folder, stateSchema, eventSchema, events: linkEvents(events) };
}

function linkEvents(events: RunnerEvents): LinkedEvents<RunnerState, RunnerState> {
  return {
    attached: state => events.state(state),
    event: ({ running, status }) => events.state({ running, status }),
    log: (_, line) => events.log(line),
    ended: end => events.ended(reasonOf(end))
  };
}

function reasonOf({ cause, why }: LinkedEnd): string | null {
  if (cause === 'asked') return null;
  return cause === 'taken' ? 'another gateway has taken the batch over' : why;
}
