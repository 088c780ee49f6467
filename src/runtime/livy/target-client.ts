import { authenticationOf } from './auth/authentication.ts';
import type { SigV4Options } from './auth/sigv4.ts';
import { createLivyClient, type LivyClientOptions } from './client.ts';
import type { LivyPort } from './port.ts';
import type { LivyTarget } from './target.ts';

export interface TargetClientOptions extends Pick<
  LivyClientOptions,
  'clock' | 'timeouts' | 'fetch' | 'hint'
> {
  /** Source of AWS credentials, for a target whose requests are signed. */
  readonly credentials?: SigV4Options['credentials'];
}

/** A client of a Livy endpoint as a profile names it; HR_USAGE where credentials are missing. */
export function createTargetClient(target: LivyTarget, options: TargetClientOptions): LivyPort {
  const { credentials, ...rest } = options;
  const auth = authenticationOf(target.auth, options.clock, credentials);
  return createLivyClient({ ...rest, target, endpoint: () => ({ url: target.url, auth }) });
}
