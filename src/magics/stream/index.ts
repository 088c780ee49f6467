import { streamClickstream } from './clickstream.ts';
import { streamQuery } from './query.ts';
import { streamWordCount } from './wordcount.ts';

export const streamMagics = [streamWordCount, streamClickstream, streamQuery];
