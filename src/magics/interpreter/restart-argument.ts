import { z } from 'zod';

/** Asks for what cannot be undone. */
export const restartArgument = z
  .boolean()
  .default(false)
  .describe('Restarts a session that runs already; its variables, views and streams end.');
