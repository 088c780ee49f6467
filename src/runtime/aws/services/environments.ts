import type { AwsEnvironments, OnEnvironmentEvent } from '../environments-port.ts';
import { environmentStatus, type StackedEnvironment } from '../engine/status.ts';
import { listEnvironments } from '../engine/sweep.ts';
import { extendEnvironment } from './extending.ts';
import { handsOf, type Hands } from './hands.ts';
import { runningJobs } from './jobs.ts';
import { makeEnvironment } from './making.ts';
import type { AwsServicesOptions } from './options.ts';
import type { AwsPlace } from './place.ts';
import { makePlan, resolveSpec } from './planning.ts';
import { surroundingRegion } from './region.ts';
import { removeEnvironment, sweepRegion } from './removing.ts';
import { stackPlans } from './stack-plans.ts';
import { standingOf } from './standing.ts';
import { createTunnels } from './tunnels.ts';

const isThere = ({ state }: StackedEnvironment): boolean => state !== 'absent';

/** Environments of the account. */
export function createEnvironments(
  placeIn: (region: string) => AwsPlace,
  options: AwsServicesOptions
): AwsEnvironments {
  const tunnels = createTunnels();
  const hands = (region: string, onEvent: OnEnvironmentEvent, signal: AbortSignal): Hands =>
    handsOf({ place: placeIn(region), options, tunnels, signal }, onEvent);
  return {
    defaultRegion: surroundingRegion,
    plan: (spec, notebook, signal, { freshPrices = false } = {}) =>
      makePlan(spec, { notebook, freshPrices }, placeIn(spec.region), options, signal),
    apply: (plan, claimed, onEvent, signal) =>
      makeEnvironment(plan, claimed, hands(plan.spec.region, onEvent, signal)),
    async status(name, region, signal) {
      const place = placeIn(region);
      const found = await environmentStatus(name, place.world, signal);
      return isThere(found) ? standingOf(found, place, signal) : null;
    },
    async list(region, signal) {
      const place = placeIn(region);
      const found = await listEnvironments(place.world, signal);
      return Promise.all(found.filter(isThere).map(each => standingOf(each, place, signal)));
    },
    jobs: (name, region, signal) => runningJobs(name, placeIn(region), signal),
    destroy: (name, region, claimed, onEvent, signal) =>
      removeEnvironment(name, claimed, hands(region, onEvent, signal)),
    async template(spec, notebook, signal) {
      const place = placeIn(spec.region);
      return stackPlans(spec, await resolveSpec(spec, notebook, place, options, signal));
    },
    extend: (name, region, ttlMs, claimed, signal) =>
      extendEnvironment(
        name,
        ttlMs,
        claimed,
        hands(region, () => undefined, signal)
      ),
    sweep: (region, onEvent, signal) => sweepRegion(hands(region, onEvent, signal))
  };
}
