import type { MagicDefinition } from './contract.ts';
import { batchMagics } from './batch/index.ts';
import { chartMagics } from './chart/index.ts';
import { configureMagics } from './configure/index.ts';
import { createHelpMagic } from './help/index.ts';
import { jobMagics } from './job/index.ts';
import { interpreterMagics } from './interpreter/index.ts';
import { produceMagics } from './produce/index.ts';
import { provisionMagics } from './provision/index.ts';
import { pysparkMagics } from './pyspark/index.ts';
import { sessionMagics } from './session/index.ts';
import { sparkMagics } from './spark/index.ts';
import { sqlMagics } from './sql/index.ts';
import { statusMagics } from './status/index.ts';
import { stopMagics } from './stop/index.ts';
import { streamMagics } from './stream/index.ts';
import { submitMagics } from './submit/index.ts';
import { topicMagics } from './topic/index.ts';

/** Every magic there is, in the order in which help lists them. */
export const MAGICS: readonly MagicDefinition[] = [
  ...provisionMagics,
  ...topicMagics,
  ...produceMagics,
  ...streamMagics,
  ...chartMagics,
  ...sqlMagics,
  ...sparkMagics,
  ...pysparkMagics,
  ...submitMagics,
  ...batchMagics,
  ...jobMagics,
  ...sessionMagics,
  ...configureMagics,
  ...interpreterMagics,
  ...stopMagics,
  ...statusMagics,
  createHelpMagic(() => MAGICS)
];
