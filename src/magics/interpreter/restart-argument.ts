import { z } from 'zod';

/** Asks for what cannot be undone. */
export const restartArgument = z
  .boolean()
  .default(false)
  .describe('Restarts a session that runs already: variables and views end, streams go on.');
