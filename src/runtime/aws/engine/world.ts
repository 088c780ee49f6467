import type { Pace } from '../control/patience.ts';
import type { StackPort } from '../control/port.ts';

/** What the engine works with. All its state is on AWS, so that a new kernel goes on where the old one stopped. */
export interface EngineWorld extends Pace {
  readonly stacks: StackPort;
  /** A new token for each request that must not be carried out twice; at most 100 letters, digits and hyphens. */
  readonly token: () => string;
}
