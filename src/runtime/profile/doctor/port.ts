import type { KafkaPort } from '../../kafka/port.ts';
import type { LivyPort } from '../../livy/port.ts';
import type { NotebookSession } from '../../session-port.ts';
import type { TargetProfile } from '../profile.ts';

/** Names and connections as this machine sees them. */
export interface NetworkProbes {
  /** Addresses of a host; rejects where the name is not known. */
  lookup(host: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Resolves once a connection was accepted, and closes it. */
  connect(host: string, port: number, signal: AbortSignal): Promise<void>;
}

/** What AWS tells of who asks and of what an environment lets through; rejections are HeadraceErrors. */
export interface AwsProbes {
  identity(signal: AbortSignal): Promise<{ readonly account: string; readonly arn: string }>;
  /** Services that may take on a role; null where there is no such role. */
  trustedServices(roleArn: string, signal: AbortSignal): Promise<readonly string[] | null>;
  /** Those of the ports that the rules of Kafka do not open for Spark; null where its groups are not known. */
  closedPorts(
    environment: NonNullable<TargetProfile['environment']>,
    ports: readonly number[],
    signal: AbortSignal
  ): Promise<readonly number[] | null>;
}

/** What a check may ask; parts are those of the target that is checked, and not the check's to close. */
export interface CheckSubject {
  /** Null for the stack of this machine. */
  readonly profile: TargetProfile | null;
  readonly brokers: readonly string[];
  readonly livyUrl: string;
  readonly network: NetworkProbes;
  /** Rejects where nothing of AWS is built in. */
  readonly aws: () => Promise<AwsProbes>;
  readonly kafka: () => Promise<KafkaPort>;
  readonly livy: () => LivyPort;
  /** The first session of the notebook there. */
  readonly session: () => NotebookSession;
}

export type CheckOutcome =
  | { readonly state: 'ok' | 'skipped'; readonly detail: string }
  | { readonly state: 'wrong'; readonly detail: string; readonly next: string };

/** One thing that has to be right. A rejection is an outcome too: what its error says. */
export interface Check {
  readonly name: string;
  run(subject: CheckSubject, signal: AbortSignal): Promise<CheckOutcome>;
}

export interface CheckRow {
  readonly name: string;
  /** `waiting` is not looked at yet, or not at all because an earlier one is wrong. */
  readonly state: CheckOutcome['state'] | 'waiting';
  readonly detail: string;
}

/** All checks in order, and how to put the one that is wrong right. */
export interface Diagnosis {
  readonly target: string;
  readonly rows: readonly CheckRow[];
  readonly next: string | null;
}
