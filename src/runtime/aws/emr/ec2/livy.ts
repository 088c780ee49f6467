import type { HeadraceError } from '../../../../shared/errors.ts';
import { livyTargetSchema, type LivyTarget } from '../../../livy/target.ts';
import { capabilitiesOf } from '../release.ts';
import type { EmrSend } from './operations.ts';
import { openPortForward, type PortForwardOptions } from './port-forward.ts';
import { primaryNode } from './primary-node.ts';

export interface EmrLivyOptions extends Omit<PortForwardOptions, 'instance' | 'port'> {
  readonly emr: EmrSend;
  /** `j-…`. */
  readonly cluster: string;
  readonly release?: string;
  /** Settings that each session needs. */
  readonly conf?: Readonly<Record<string, string>>;
}

/** Livy of an EMR cluster on EC2 as a port of this machine. Whoever opened it closes it. */
export interface EmrLivy {
  readonly target: LivyTarget;
  /** Resolves when it is closed, or with the error after which it cannot be reached any more. */
  readonly ended: Promise<HeadraceError | null>;
  close(): Promise<void>;
}

/** https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-livy.html */
const LIVY_PORT = 8998;

/** Opens the way to Livy on the primary node of a cluster; it has no authentication of its own, the tunnel has. */
export async function openEmrLivy(options: EmrLivyOptions, signal: AbortSignal): Promise<EmrLivy> {
  const { emr, cluster, release, conf = {} } = options;
  const instance = async (signal: AbortSignal) =>
    (await primaryNode(emr, cluster, signal)).instance;
  const forward = await openPortForward({ ...options, instance, port: LIVY_PORT }, signal);
  const target = livyTargetSchema.parse({
    url: `http://127.0.0.1:${forward.port}`,
    type: 'emr-ec2',
    conf: { ...conf },
    overrides: release === undefined ? {} : overridesOf(release)
  });
  return { target, ended: forward.ended, close: () => forward.close() };
}

function overridesOf(release: string): LivyTarget['overrides'] {
  const { spark, scala, realTimeMode } = capabilitiesOf(release);
  return { sparkVersion: spark, scalaVersion: scala, realTimeMode };
}
