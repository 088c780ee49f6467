import { chart } from './chart.ts';

export const chartMagics = [chart];
