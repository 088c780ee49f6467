import { spark } from './spark.ts';

export const sparkMagics = [spark];
