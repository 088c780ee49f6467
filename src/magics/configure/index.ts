import { configure } from './configure.ts';

export const configureMagics = [configure];
