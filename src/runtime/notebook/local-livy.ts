import type { Clock } from '../clock.ts';
import { bearer } from '../livy/auth/fixed.ts';
import { createLivyClient } from '../livy/client.ts';
import type { LivyPort } from '../livy/port.ts';
import type { LocalStack, StackEndpoints } from '../stack-port.ts';

/** A client that goes on with the daemon that replaces a killed one; a stack that was ended stays so. */
export function openLocalLivy(
  attached: StackEndpoints,
  stack: Pick<LocalStack, 'status' | 'ensure'>,
  clock: Clock
): LivyPort {
  let endpoints = attached;
  return createLivyClient({
    endpoint: () => ({ url: endpoints.livyUrl, auth: bearer(endpoints.livyToken) }),
    clock,
    recover: async signal => {
      const known = (await stack.status()).endpoints;
      if (known?.id === attached.id) endpoints = await stack.ensure(() => undefined, signal);
    }
  });
}
