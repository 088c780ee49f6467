import type {
  AwsJobs,
  EnvironmentJobs,
  JobRequest
} from '../../src/runtime/aws/emr/jobs/environment-jobs.ts';
import {
  hasJobEnded,
  type JobLog,
  type JobTargetKind,
  type JobView,
  type LogQuery
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
  /** Called before jobs are listed; a rejection is that of AWS. */
  beforeList: () => Promise<void> = () => Promise.resolve();
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
      list: async () => {
        await this.beforeList();
        return this.listed;
      },
      running: () => this.running()
    });
  }

  async running(): Promise<readonly JobView[]> {
    await this.beforeList();
    return this.listed.filter(({ state }) => !hasJobEnded(state));
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
