import { pyspark } from './pyspark.ts';

export const pysparkMagics = [pyspark];
