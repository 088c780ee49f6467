import type { Clock } from '../../clock.ts';
import type { AwsSettings } from '../control/clients.ts';
import type { StartProgram } from '../emr/ec2/program.ts';

/** What the services of AWS work with besides the account. */
export interface AwsServicesOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** How often one request is sent, and how long it is waited for. */
  readonly requests?: Pick<AwsSettings, 'maxAttempts' | 'requestTimeoutMs'>;
  /** Defaults to chance. */
  readonly random?: () => number;
  /** The address of this machine as the internet sees it; null where nobody says. Defaults to asking AWS. */
  readonly publicAddress?: (signal: AbortSignal) => Promise<string | null>;
  /** The archive of Kafka for machines of one's own. Defaults to a download from the Apache archive. */
  readonly kafkaArchive?: (signal: AbortSignal) => Promise<Uint8Array>;
  /** Tries a connection; rejects where none comes about. Defaults to the network of this machine. */
  readonly connect?: (host: string, port: number, signal: AbortSignal) => Promise<void>;
  /** Defaults to child processes. */
  readonly startProgram?: StartProgram;
}
