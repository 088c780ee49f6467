import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { HeadracePaths } from '../paths.ts';
import type { BrokerPorts } from './broker-record.ts';
import { logSettings } from './log-settings.ts';
import { serverProperties } from './server-properties.ts';

/** Files of the broker; absolute paths. */
export interface BrokerFiles {
  /** Its settings, by which its process is known. */
  readonly server: string;
  readonly logSettings: string;
  /** What Kafka logs. */
  readonly log: string;
  /** What the Java machine itself says. */
  readonly output: string;
  readonly data: string;
}

export function brokerFiles(paths: HeadracePaths): BrokerFiles {
  return {
    server: path.join(paths.run, 'server.properties'),
    logSettings: path.join(paths.run, 'broker-log4j2.properties'),
    log: path.join(paths.logs, 'broker.log'),
    output: path.join(paths.logs, 'broker.out'),
    data: paths.brokerData
  };
}

export async function writeBrokerSettings(files: BrokerFiles, ports: BrokerPorts): Promise<void> {
  const settings = serverProperties({ data: files.data, ...ports });
  await writeFile(files.server, settings, { mode: 0o600 });
  await writeFile(files.logSettings, logSettings(files.log), { mode: 0o600 });
}
