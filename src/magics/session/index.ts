import { sessionDelete } from './delete.ts';
import { sessionInfo } from './info.ts';
import { sessionList } from './list.ts';
import { sessionLog } from './log.ts';
import { sessionNew } from './new.ts';
import { sessionUse } from './use.ts';

export const sessionMagics = [
  sessionList,
  sessionNew,
  sessionUse,
  sessionInfo,
  sessionLog,
  sessionDelete
];
