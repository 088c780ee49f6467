import { batchFollow } from './follow.ts';
import { batchList } from './list.ts';
import { batchLog } from './log.ts';
import { batchStop } from './stop.ts';

export const batchMagics = [batchList, batchFollow, batchLog, batchStop];
