import { createLocalStack } from '../../local/client.ts';
import type { GroupContext } from './group.ts';

/**
 * Starts a stack in the run folder of `env`, passes its endpoints as the JSON of `HEADRACE_TEST_STACK`,
 * and stops it again whatever happens.
 */
export async function withTestStack<T>(
  context: GroupContext,
  env: NodeJS.ProcessEnv,
  run: (endpoints: string) => Promise<T>
): Promise<T> {
  const stack = createLocalStack({ env });
  const onProgress = (step: { readonly label: string }) => context.log(step.label);
  try {
    const endpoints = await stack.ensure(onProgress, context.signal);
    return await run(JSON.stringify(endpoints));
  } finally {
    await stopStack(context, env);
  }
}

/** Stops the stack of a group; nothing happens where none runs. */
export async function stopStack(context: GroupContext, env: NodeJS.ProcessEnv): Promise<void> {
  // Its own signal: a run that was interrupted must still clean up.
  const signal = new AbortController().signal;
  await createLocalStack({ env }).down(step => context.log(step.label), signal);
}
