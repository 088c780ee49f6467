import path from 'node:path';
import type { BatchRequest } from '../../runtime/livy/batch-port.ts';
import { HeadraceError } from '../../shared/errors.ts';
import { requireFile } from '../files/notebook-file.ts';

/** What `%submit` was given, as far as the endpoint is told. */
export interface SubmitArguments {
  readonly file: string;
  readonly args: readonly string[];
  readonly class?: string | undefined;
  readonly name?: string | undefined;
  readonly conf: readonly string[];
  readonly jars: readonly string[];
  readonly pyFiles: readonly string[];
  readonly files: readonly string[];
  readonly driverMemory?: string | undefined;
  readonly executorMemory?: string | undefined;
  readonly executorCores?: number | undefined;
  readonly numExecutors?: number | undefined;
}

/** Where a job is to run, as far as its arguments tell it. */
export interface JobSurroundings {
  /** Folder of the notebook. */
  readonly cwd: string;
  /** For `{brokers}`. */
  readonly brokers: readonly string[];
  /** For `{out}`: the folder for what jobs write, without a slash at its end. */
  readonly out: string;
}

/** The folder for what jobs write, where they run in the folder of the notebook. */
export const OUT_BESIDE_NOTEBOOK = 'out';

/** `s3://…` and the like, which the endpoint reads by itself. */
const URL_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
/** Where relative paths of a job start, on an endpoint that shares our files. */
export const WORKING_DIRECTORY = 'spark.headrace.workingDirectory';

/**
 * The request for a batch, with local files by their absolute paths.
 *
 * @throws HR_FILE for a file that is not there, HR_USAGE for one that is neither Python nor a jar
 */
export async function batchRequest(
  given: SubmitArguments,
  { cwd, brokers, out }: JobSurroundings
): Promise<BatchRequest> {
  requireKind(given);
  const absolute = (names: readonly string[]): Promise<readonly string[]> =>
    Promise.all(names.flatMap(splitList).map(name => locate(name, cwd)));
  const addresses = brokers.join(',');
  const [jars, pyFiles, files] = await Promise.all(
    [given.jars, given.pyFiles, given.files].map(absolute)
  );
  return {
    file: await locate(given.file, cwd),
    args: given.args.map(arg => arg.replaceAll('{brokers}', addresses).replaceAll('{out}', out)),
    conf: { [WORKING_DIRECTORY]: cwd, ...Object.fromEntries(given.conf.map(splitSetting)) },
    ...present({
      className: given.class,
      name: given.name,
      driverMemory: given.driverMemory,
      executorMemory: given.executorMemory,
      executorCores: given.executorCores,
      numExecutors: given.numExecutors
    }),
    ...present({ jars, pyFiles, files })
  };
}

/** The fields that have a value: Livy takes an absent one for its default, and refuses some that are empty. */
function present<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const entries = Object.entries(fields) as [string, unknown][];
  return Object.fromEntries(
    entries.filter(([, value]) => value !== undefined && !isEmpty(value))
  ) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function requireKind({ file, class: className }: SubmitArguments): void {
  const ending = path.extname(file).toLowerCase();
  if (ending === '.py' && className !== undefined)
    throw new HeadraceError('HR_USAGE', `%submit cannot use --class with ${file}`, {
      why: 'a Python file has no main class',
      next: 'Leave it out.'
    });
  if (ending === '.py' || ending === '.jar') return;
  throw new HeadraceError('HR_USAGE', `%submit cannot run ${file}`, {
    why: 'it is neither a .py file nor a jar',
    next:
      ending === '.scala'
        ? 'Run its code below %%spark, or compile it into a jar first.'
        : 'Name a .py file, or a jar and its --class.'
  });
}

function locate(name: string, cwd: string): Promise<string> {
  if (URL_SCHEME.test(name)) return Promise.resolve(name);
  return requireFile(cwd, name, 'a .py file or a jar');
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '');
}

function splitSetting(setting: string): [key: string, value: string] {
  const at = setting.indexOf('=');
  return [setting.slice(0, at).trim(), setting.slice(at + 1).trim()];
}
