import { interpreterAdd } from './add.ts';
import { interpreterReset } from './reset.ts';
import { interpreterSet } from './set.ts';
import { interpreterShow } from './show.ts';

export const interpreterMagics = [
  interpreterShow,
  interpreterAdd,
  interpreterSet,
  interpreterReset
];
