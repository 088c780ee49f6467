import type { OnEnvironmentEvent } from '../environments-port.ts';
import type { ProgressEvent } from '../engine/progress.ts';
import { resourceProgress } from '../engine/resource-progress.ts';
import type { AwsServicesOptions } from './options.ts';
import type { AwsPlace } from './place.ts';
import type { Tunnels } from './tunnels.ts';

/** What the steps of one piece of work share. */
export interface Hands {
  readonly place: AwsPlace;
  readonly options: AwsServicesOptions;
  readonly tunnels: Tunnels;
  readonly signal: AbortSignal;
  readonly onProgress: (event: ProgressEvent) => void;
  readonly step: (label: string) => void;
  readonly notice: (sentence: string) => void;
}

/** Hands that tell an environment's listener what they do. */
export function handsOf(
  parts: Pick<Hands, 'place' | 'options' | 'tunnels' | 'signal'>,
  onEvent: OnEnvironmentEvent
): Hands {
  return {
    ...parts,
    onProgress: event => onEvent({ kind: 'resource', resource: resourceProgress(event) }),
    step: label => onEvent({ kind: 'step', label, fraction: null }),
    notice: text => onEvent({ kind: 'notice', text })
  };
}
