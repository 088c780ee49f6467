import type { AwsEnvironments } from '../../../runtime/aws/environments-port.ts';
import type { JobView } from '../../../runtime/aws/emr/jobs/port.ts';
import { toHeadraceError } from '../../../shared/errors.ts';
import { sinceText, stateText } from '../../job/running-jobs.ts';
import type { Table } from '../../output/table.ts';

/** Jobs of one environment, or why they are not known. */
export interface JobsThere {
  readonly environment: string;
  readonly running: readonly JobView[];
  readonly unknown: string | null;
}

/** What runs in an environment; that AWS does not say hides nothing else. */
export async function jobsThere(
  environment: string,
  region: string,
  environments: AwsEnvironments,
  signal: AbortSignal
): Promise<JobsThere> {
  try {
    const running = await environments.jobs(environment, region, signal);
    return { environment, running, unknown: null };
  } catch (error) {
    if (signal.aborted) throw error;
    return { environment, running: [], unknown: toHeadraceError(error).line };
  }
}

/** The jobs of some environments; null where there are none, and AWS has said so. */
export function jobTable(all: readonly JobsThere[], now: number): Table | null {
  const unknown = all.flatMap(({ environment, unknown: why }) =>
    why === null ? [] : [`The jobs of ${environment} are not known: ${why}`]
  );
  const rows = all.flatMap(({ environment, running }) =>
    running.map(job => [environment, job.id, job.name, stateText(job), sinceText(job, now)])
  );
  if (rows.length + unknown.length === 0) return null;
  return {
    columns: ['environment', 'id', 'name', 'state', 'since'].map(name => ({ name })),
    rows,
    ...(unknown.length === 0 ? {} : { note: unknown.join(' ') })
  };
}
