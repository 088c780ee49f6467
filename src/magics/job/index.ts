import { jobFollow } from './follow.ts';
import { jobList } from './list.ts';
import { jobLog } from './log.ts';
import { jobStop } from './stop.ts';

export const jobMagics = [jobList, jobFollow, jobLog, jobStop];
