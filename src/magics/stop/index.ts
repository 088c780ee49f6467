import { stop } from './stop.ts';

export const stopMagics = [stop];
