import path from 'node:path';
import { HeadraceError } from '../../../../shared/errors.ts';
import type { TargetProfile } from '../../../profile/profile.ts';
import { mergedSettings } from './job-conf.ts';
import type { Job, JobTarget } from './port.ts';
import type { Folder, S3Send } from './storage.ts';
import { uploadFile } from './upload.ts';

/** A job as a notebook asks for it. Files are paths of this machine, which are uploaded, or addresses such as `s3://…`. */
export interface JobRequest extends Omit<Job, 'tags'> {
  readonly files?: readonly string[];
}

/** The long-lived jobs of one environment. */
export interface EnvironmentJobs extends Omit<JobTarget, 'submit'> {
  /** Folder for what jobs write, such as `s3://bucket/out`; it goes with the environment. */
  readonly out: string;
  /** Uploads what is on this machine, then starts the job; its identity. HR_FILE for a file that cannot be read. */
  submit(request: JobRequest, signal: AbortSignal): Promise<string>;
}

/** Opens the jobs of the environment that a profile names. */
export interface AwsJobs {
  /** Rejects with HR_USAGE for a profile that names none, and with HR_ENVIRONMENT for one that is not there. */
  open(profile: TargetProfile, signal: AbortSignal): Promise<EnvironmentJobs>;
}

export interface EnvironmentJobsOptions {
  readonly target: JobTarget;
  readonly s3: S3Send;
  /** Where files of jobs go. */
  readonly folder: Folder;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** Settings that every job there needs, such as those of the connectors; those of a job win, but for lists. */
  readonly conf: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** Folder of the bucket for what jobs write. */
const OUT = 'out';

const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\//i;
const JARS = 'spark.jars';
const FILES = 'spark.files';

/** Jobs of a service with the bucket and the settings of their environment. */
export function environmentJobs(options: EnvironmentJobsOptions): EnvironmentJobs {
  const { target } = options;
  const place = (names: readonly string[] | undefined, signal: AbortSignal) =>
    Promise.all((names ?? []).map(name => placed(options, name, signal)));
  return {
    kind: target.kind,
    out: `s3://${options.folder.bucket}/${OUT}`,
    state: (id, signal) => target.state(id, signal),
    log: (id, query, signal) => target.log(id, query, signal),
    stop: (id, signal) => target.stop(id, signal),
    list: signal => target.list(signal),
    running: signal => target.running(signal),
    async submit({ files, ...request }, signal) {
      const [entryPoint, pyFiles, jars, others] = await Promise.all([
        placed(options, request.entryPoint, signal),
        place(request.pyFiles, signal),
        place(request.jars, signal),
        place(files, signal)
      ]);
      const own = others.length === 0 ? {} : { [FILES]: others.join(',') };
      const settings = mergedSettings(mergedSettings(options.conf, own), request.conf ?? {});
      return target.submit(
        { ...request, entryPoint, pyFiles, tags: options.tags, ...withJars(jars, settings) },
        signal
      );
    }
  };
}

/** The address of a file, which is uploaded where it is on this machine. */
async function placed(
  { s3, folder, readFile }: EnvironmentJobsOptions,
  name: string,
  signal: AbortSignal
): Promise<string> {
  if (ADDRESS.test(name)) return name;
  const content = await readFile(name).catch((cause: unknown) => {
    throw new HeadraceError('HR_FILE', `Cannot read ${name}`, {
      ...(cause instanceof Error ? { why: cause.message } : {}),
      cause
    });
  });
  return uploadFile(s3, folder, { name: path.basename(name), content }, signal);
}

type Settings = Readonly<Record<string, string>>;

/** spark-submit takes no notice of the setting where it is given `--jars`, so that all of them go there. */
function withJars(own: readonly string[], settings: Settings): Pick<Job, 'jars' | 'conf'> {
  const { [JARS]: set = '', ...conf } = settings;
  return { jars: [...own, ...set.split(',').filter(Boolean)], conf };
}
