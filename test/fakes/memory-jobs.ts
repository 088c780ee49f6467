import type {
  AwsJobs,
  EnvironmentJobs,
  JobRequest
} from '../../src/runtime/aws/emr/jobs/environment-jobs.ts';
import type {
  JobLog,
  JobTargetKind,
  JobView,
  LogQuery
} from '../../src/runtime/aws/emr/jobs/port.ts';
import type { TargetProfile } from '../../src/runtime/profile/profile.ts';

/** Jobs that a test moves by hand: each look gives the next of `looks`, and the last one for ever. */
export class MemoryJobs implements AwsJobs {
  kind: JobTargetKind = 'emr-serverless';
  /** Names of the profiles whose jobs were opened. */
  readonly opened: string[] = [];
  readonly requests: JobRequest[] = [];
  readonly stopped: string[] = [];
  readonly queries: LogQuery[] = [];
  looks: readonly Partial<JobView>[] = [{ state: 'running' }];
  listed: readonly JobView[] = [];
  written: JobLog = { lines: [], files: [] };
  /** Called before each look. */
  onLook: () => void = () => undefined;

  open(profile: TargetProfile): Promise<EnvironmentJobs> {
    this.opened.push(profile.name);
    let seen = 0;
    return Promise.resolve({
      kind: this.kind,
      out: 's3://demo/out',
      submit: request => Promise.resolve(`job-${this.requests.push(request)}`),
      state: id => {
        this.onLook();
        const look = this.looks[Math.min(seen++, this.looks.length - 1)];
        return Promise.resolve(jobView({ id, ...look }));
      },
      log: (_id, query) => {
        this.queries.push(query);
        return Promise.resolve(this.written);
      },
      stop: id => {
        this.stopped.push(id);
        return Promise.resolve();
      },
      list: () => Promise.resolve(this.listed)
    });
  }
}

/** A job that runs since the beginning of the test's clock. */
export function jobView(change: Partial<JobView> = {}): JobView {
  return {
    id: 'job-1',
    name: 'job.py',
    state: 'running',
    said: 'RUNNING',
    reason: null,
    createdAt: 0,
    endedAt: null,
    ...change
  };
}
