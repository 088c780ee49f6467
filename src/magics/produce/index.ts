import { produceClickstream } from './clickstream.ts';
import { produceFile } from './file.ts';
import { produceLines } from './lines.ts';

export const produceMagics = [produceFile, produceClickstream, produceLines];
