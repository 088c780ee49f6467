import type { KafkaAuthRecord } from '../kafka/auth-record.ts';
import type { LivyTarget } from '../livy/target.ts';
import type { TargetProfile } from './profile.ts';

/** What a CloudFormation stack tells of Kafka and Livy; null is what it has not. */
export interface ResolvedStack {
  readonly brokers: readonly string[] | null;
  readonly kafkaAuth: KafkaAuthRecord | null;
  readonly livy: LivyTarget | null;
  readonly environment: NonNullable<TargetProfile['environment']>;
}

/** Finds Kafka and Livy through the resources and outputs of a stack that somebody made. */
export interface StackResolver {
  /** Rejects with one clear line where the stack does not exist or may not be read. */
  resolve(stack: string, region: string | null, signal: AbortSignal): Promise<ResolvedStack>;
}
