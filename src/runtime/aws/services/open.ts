import { createMskAdmin } from '../msk/admin.ts';
import type { AwsServices } from '../services-port.ts';
import { createEnvironments } from './environments.ts';
import { createJobs } from './jobs.ts';
import type { AwsServicesOptions } from './options.ts';
import { openPlaces } from './place.ts';
import { createProbes } from './probes.ts';
import { createStackResolver } from './stacks.ts';

/** The region in an ARN such as `arn:aws:kafka:eu-west-1:123456789012:cluster/NAME/UUID`. */
function regionOfArn(arn: string): string {
  return arn.split(':')[3] ?? '';
}

/** What of AWS a notebook can use. Clients are loaded by the first question to their service. */
export function openAwsServices(options: AwsServicesOptions): AwsServices {
  const placeIn = openPlaces(options);
  return {
    environments: createEnvironments(placeIn, options),
    stacks: createStackResolver(placeIn, options),
    probes: createProbes(placeIn, options),
    jobs: createJobs(placeIn),
    topics: (cluster, settled) => {
      const { msk: send } = placeIn(regionOfArn(cluster));
      return createMskAdmin({ send, cluster, clock: options.clock, settled });
    }
  };
}
