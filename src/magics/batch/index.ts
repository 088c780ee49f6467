import { jobFollow } from '../job/follow.ts';
import { jobList } from '../job/list.ts';
import { jobLog } from '../job/log.ts';
import { jobStop } from '../job/stop.ts';
import { batchFollow } from './follow.ts';
import { batchList } from './list.ts';
import { batchLog } from './log.ts';
import { alsoOnEmr } from './on-emr.ts';
import { batchStop } from './stop.ts';

export const batchMagics = [
  alsoOnEmr(batchList, jobList),
  alsoOnEmr(batchFollow, jobFollow),
  alsoOnEmr(batchLog, jobLog),
  alsoOnEmr(batchStop, jobStop)
];
