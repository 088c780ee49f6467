/** A job run of EMR Serverless. */
export interface JobRun {
  readonly applicationId: string;
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly mode: 'BATCH' | 'STREAMING';
  readonly role: string;
  readonly release: string;
  readonly createdBy: string;
  /** As the call gave it. */
  readonly driver: object;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  updatedAt: number;
  state: string;
  details: string;
}

/** A step of a cluster of EMR on EC2. */
export interface Step {
  readonly clusterId: string;
  readonly id: string;
  readonly name: string;
  readonly actionOnFailure: string;
  readonly jar: string;
  readonly args: readonly string[];
  readonly createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  state: string;
  reason: string | null;
}

export const RUN_ENDED: readonly string[] = ['SUCCESS', 'FAILED', 'CANCELLED'];
export const STEP_ENDED: readonly string[] = ['COMPLETED', 'CANCELLED', 'FAILED', 'INTERRUPTED'];
