import { HeadraceError } from '../../../shared/errors.ts';
import type { Clock } from '../../clock.ts';
import type { TargetAuth } from '../target.ts';
import { basic, bearer, noAuth } from './fixed.ts';
import type { Authentication } from './port.ts';
import { sigV4, type SigV4Options } from './sigv4.ts';

/** The authentication that a target asks for; HR_USAGE where it has to sign and nobody gives credentials. */
export function authenticationOf(
  auth: TargetAuth,
  clock: Clock,
  credentials?: SigV4Options['credentials']
): Authentication {
  switch (auth.kind) {
    case 'none':
      return noAuth;
    case 'bearer':
      return bearer(auth.token);
    case 'basic':
      return basic(auth.user, auth.password);
    case 'sigv4':
      if (credentials === undefined) throw noProvider();
      return sigV4({ region: auth.region, credentials, clock });
  }
}

function noProvider(): HeadraceError {
  return new HeadraceError('HR_USAGE', 'This Livy endpoint needs AWS credentials', {
    why: 'its requests are signed, and no source of credentials is set up'
  });
}
