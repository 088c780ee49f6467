import type { AwsServices } from '../../profile/services.ts';
import { createEnvironments } from './environments.ts';
import { createJobs } from './jobs.ts';
import type { AwsServicesOptions } from './options.ts';
import { openPlaces } from './place.ts';
import { createProbes } from './probes.ts';
import { createStackResolver } from './stacks.ts';

/** What of AWS a notebook can use. Clients are loaded by the first question to their service. */
export function openAwsServices(options: AwsServicesOptions): AwsServices {
  const placeIn = openPlaces(options);
  return {
    environments: createEnvironments(placeIn, options),
    stacks: createStackResolver(placeIn, options),
    probes: createProbes(placeIn, options),
    jobs: createJobs(placeIn)
  };
}
