import { livyTargetSchema, type LivyTarget } from '../../../livy/target.ts';
import { capabilitiesOf } from '../release.ts';

export interface LivyTargetOptions {
  readonly application: string;
  readonly region: string;
  /** Role in which the sessions run. */
  readonly executionRoleArn: string;
  /** Label of the application; tells what its Spark can do. */
  readonly release?: string;
  /** Settings that each session needs besides, such as those of the connectors. */
  readonly conf?: Readonly<Record<string, string>>;
  /** Address of the endpoint where it is not the one of AWS. */
  readonly url?: string;
}

const ROLE_KEY = 'emr-serverless.session.executionRoleArn';

/**
 * The Livy endpoint of an application; requests to it are signed. It must be started first.
 * https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/interactive-workloads-livy-endpoints.html
 */
export function livyTarget(options: LivyTargetOptions): LivyTarget {
  const { application, region, executionRoleArn, release } = options;
  return livyTargetSchema.parse({
    url: options.url ?? `https://${application}.livy.emr-serverless-services.${domain(region)}`,
    type: 'emr-serverless',
    auth: { kind: 'sigv4', region },
    conf: { ...options.conf, [ROLE_KEY]: executionRoleArn },
    overrides: release === undefined ? {} : overridesOf(release)
  });
}

/** Regions in China have a domain of their own. */
function domain(region: string): string {
  return `${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

function overridesOf(release: string): LivyTarget['overrides'] {
  const { spark, scala, realTimeMode, livyTtl } = capabilitiesOf(release);
  return { sparkVersion: spark, scalaVersion: scala, realTimeMode, ttl: livyTtl };
}
