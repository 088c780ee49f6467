import { LOCAL_TARGET, profileId, type Reach, type TargetProfile } from '../profile/profile.ts';
import type { StackEndpoints } from '../stack-port.ts';

/** Where the parts of a notebook connect to: the local stack as it is just now, or what a profile names. */
export type Place =
  | { readonly kind: 'local'; readonly endpoints: StackEndpoints }
  | { readonly kind: 'profile'; readonly profile: TargetProfile };

/** A place whose brokers are reached through a Spark session beside them. */
export type PlaceThroughSpark = Extract<Place, { readonly kind: 'profile' }>;

export function isThroughSpark(place: Place | null): place is PlaceThroughSpark {
  return place?.kind === 'profile' && place.profile.reach === 'relay';
}

/** Where a notebook is attached, as a person and the parts that are not of the runtime see it. */
export interface AttachedEndpoints {
  /** `local`, or the name of a profile. */
  readonly target: string;
  /** Identity of the stack: streams, batches and sessions of one id are not on another. */
  readonly id: string;
  readonly brokers: readonly string[];
  readonly livyUrl: string;
  /** How this machine reaches the brokers. */
  readonly reach: Reach;
  /** Of the daemon that serves the local stack; null elsewhere. */
  readonly pid: number | null;
}

export function endpointsOf(place: Place): AttachedEndpoints {
  if (place.kind === 'local') {
    const { id, brokers, livyUrl, pid } = place.endpoints;
    return { target: LOCAL_TARGET, id, brokers, livyUrl, reach: 'direct', pid };
  }
  const { profile } = place;
  const { name, brokers, livy, reach } = profile;
  return { target: name, id: profileId(profile), brokers, livyUrl: livy.url, reach, pid: null };
}

/**
 * Whether connections to the one serve the other. The Livy client finds a new address of the local stack by
 * itself; a profile that was written anew is connected to anew.
 */
export function sameConnections(one: Place, other: Place): boolean {
  if (one.kind === 'local' && other.kind === 'local')
    return (
      one.endpoints.id === other.endpoints.id &&
      one.endpoints.brokers.join() === other.endpoints.brokers.join()
    );
  return (
    one.kind === 'profile' &&
    other.kind === 'profile' &&
    JSON.stringify(one.profile) === JSON.stringify(other.profile)
  );
}
