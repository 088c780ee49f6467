import { HeadraceError } from '../../shared/errors.ts';
import type { DependencyType, LivyPort } from './port.ts';

/** HR_USAGE where the target has not what was asked for; `what` follows “takes no”. */
export async function requireCapability(
  livy: Pick<LivyPort, 'capabilities' | 'url'>,
  capability: 'uploads' | 'batches',
  what: string,
  signal: AbortSignal | undefined
): Promise<void> {
  const capabilities = await livy.capabilities(signal);
  if (capabilities[capability]) return;
  throw new HeadraceError('HR_USAGE', `The Livy endpoint at ${livy.url} takes no ${what}`, {
    why: `an endpoint of the type ${capabilities.type} has no such call`,
    next:
      capability === 'batches'
        ? 'Start the job with the tools of that service.'
        : 'Name the file in %%configure, which starts the session with it.'
  });
}

/**
 * An upload as Livy's servlet reads it: it looks for a jar in another part of the form than for all else,
 * https://github.com/apache/livy, InteractiveSessionServlet.
 */
export function dependencyForm(type: DependencyType, file: File): FormData {
  const form = new FormData();
  form.append(type === 'jar' ? 'jar' : 'file', file, file.name);
  return form;
}
